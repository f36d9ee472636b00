import { createAddressBook } from '#functions/_adapters/dynamodb/address-book.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createSnsVerifier } from '#functions/_adapters/sns/verify-sns.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('receive-ses', environmentSchemas['receive-ses']);
const { SES_TOPIC_ARN: topicArn, AWS_ENDPOINT_URL_SNS: endpoint } = environment;
const verify = createSnsVerifier(endpoint === undefined ? { topicArn } : { topicArn, endpoint });
const table = openTable(environment);
const [store, addresses] = [createDebtorStore(table), createAddressBook(table)];

export const handler = lambdaEntry(telemetry, createHandler({ store, addresses, clock, verify, telemetry }));
