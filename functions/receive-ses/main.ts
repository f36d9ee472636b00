import { createSnsVerifier } from '#functions/_adapters/sns/verify-sns.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('receive-ses', environmentSchemas['receive-ses']);
const { SES_TOPIC_ARN: topicArn, AWS_ENDPOINT_URL_SNS: endpoint } = environment;
const verify = createSnsVerifier(endpoint === undefined ? { topicArn } : { topicArn, endpoint });
const store = openDebtorStore(environment);

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, verify, telemetry }));
