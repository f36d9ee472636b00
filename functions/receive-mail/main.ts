import { createAddressBook } from '#functions/_adapters/dynamodb/address-book.ts';
import { createLinkStore } from '#functions/_adapters/dynamodb/link-store.ts';
import { createReceivedMails } from '#functions/_adapters/s3/received-mails.ts';
import { createSnsVerifier } from '#functions/_adapters/sns/verify-sns.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('receive-mail', environmentSchemas['receive-mail']);
const { environment, clock, telemetry } = start;
const { table, store, rules } = openDeciding(start, openConfig(import.meta.url, start));
const { MAIL_TOPIC_ARN: topicArn, AWS_ENDPOINT_URL_SNS: endpoint, MAIL_BUCKET_NAME: bucket } = environment;

export const handler = lambdaEntry(
  telemetry,
  createHandler({
    store,
    clock,
    rules,
    bucket,
    links: createLinkStore(table),
    addresses: createAddressBook(table),
    mails: createReceivedMails({
      bucket,
      credentials: () => table.client.config.credentials(),
      region: () => table.client.config.region(),
      endpoint: environment.AWS_ENDPOINT_URL_S3,
    }),
    domain: environment.INBOUND_MAIL_DOMAIN,
    verify: createSnsVerifier(endpoint === undefined ? { topicArn } : { topicArn, endpoint }),
    telemetry,
  }),
);
