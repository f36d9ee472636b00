import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import type { DeployedEnvironment, FunctionName } from '#shared/contracts/environment.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';
import { topicArn, twilioToken, type StubCloud } from './stub-cloud.ts';

/** What a function is started with and called with first. */
export interface FirstCall {
  readonly environment: Readonly<Record<string, string>>;
  readonly event: object;
}

const publicUrl = 'https://hooks.example.com';
const store = { TABLE_NAME: 'debtors', DUE_SHARDS: '4' };
const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_TOKEN_SECRET_ID: 'twilio',
  PUBLIC_URL: publicUrl,
};
const wake = (wakeFor: string): object => ({
  Records: [{ messageId: 'm-1', body: JSON.stringify({ version: 1, debtorId: 'P1', wakeAt: 0, wakeFor }) }],
});

/** The usual first call of each function, against a cloud that knows nobody. */
export function firstCalls({ url, signSns }: StubCloud): Record<FunctionName, FirstCall> {
  const environments: {
    readonly [Name in FunctionName]: DeployedEnvironment<Name> & Record<string, string>;
  } = {
    ingest: store,
    'ingest-file': store,
    plan: store,
    tick: {
      ...store,
      SMS_QUEUE_URL: `${url}/1/sms`,
      EMAIL_QUEUE_URL: `${url}/1/email`,
      CALL_QUEUE_URL: `${url}/1/call`,
      LOOK_QUEUE_URL: `${url}/1/look`,
    },
    'send-sms': { ...store, ...twilio, TWILIO_BASE_URL: url },
    'send-email': { ...store, SES_CONFIGURATION_SET: 'bench' },
    'place-call': { ...store, ...twilio, TWILIO_BASE_URL: url },
    'receive-twilio': { ...store, TWILIO_TOKEN_SECRET_ID: 'twilio', PUBLIC_URL: publicUrl },
    'receive-ses': { ...store, SES_TOPIC_ARN: topicArn, AWS_ENDPOINT_URL_SNS: url },
  };
  const tag = (text: string): string[] => [Buffer.from(text).toString('base64url')];
  const mail = { messageId: 'ses-1', tags: { contactId: tag('c-1'), debtorId: tag('P1') } };
  const events: Record<FunctionName, object> = {
    ingest: {
      routeKey: 'PUT /accounts/{accountId}',
      pathParameters: { accountId: 'A1' },
      body: JSON.stringify(portfolioObject()),
      isBase64Encoded: false,
    },
    'ingest-file': {
      Records: [
        {
          messageId: 'm-1',
          body: JSON.stringify({ detail: { bucket: { name: 'drop' }, object: { key: 'portfolio/a.csv' } } }),
        },
      ],
    },
    plan: {
      Records: [
        {
          eventName: 'MODIFY',
          dynamodb: { SequenceNumber: '1', Keys: { PK: { S: 'debtor#P1' }, SK: { S: 'profile' } } },
        },
      ],
    },
    tick: {},
    'send-sms': wake('sms'),
    'send-email': wake('email'),
    'place-call': wake('call'),
    'receive-twilio': statusCallback(),
    'receive-ses': {
      Records: [
        { messageId: 'm-1', body: JSON.stringify(signSns(JSON.stringify({ eventType: 'Delivery', mail }))) },
      ],
    },
  };
  const call = (name: FunctionName): FirstCall => ({ environment: environments[name], event: events[name] });
  return {
    ingest: call('ingest'),
    'ingest-file': call('ingest-file'),
    plan: call('plan'),
    tick: call('tick'),
    'send-sms': call('send-sms'),
    'send-email': call('send-email'),
    'place-call': call('place-call'),
    'receive-twilio': call('receive-twilio'),
    'receive-ses': call('receive-ses'),
  };
}

function statusCallback(): object {
  const form = { MessageSid: 'SM1', MessageStatus: 'delivered' };
  const rawPath = '/twilio/message-status';
  const rawQueryString = 'contactId=c-1&debtorId=P1';
  const signature = twilioWebhooks.getExpectedTwilioSignature(
    twilioToken,
    `${publicUrl}${rawPath}?${rawQueryString}`,
    form,
  );
  return {
    routeKey: `POST ${rawPath}`,
    rawPath,
    rawQueryString,
    headers: { 'x-twilio-signature': signature },
    body: new URLSearchParams(form).toString(),
    isBase64Encoded: false,
  };
}
