import { createHmac } from 'node:crypto';
import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import type { FunctionName } from '#shared/contracts/environment.ts';
import { messageStatusPath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { callbackPath } from '#functions/receive-payment/paths.ts';
import { configPath, knownDebtor, mailBucket, topicArn, twilioToken, type StubCloud } from './stub-cloud.ts';

/** What a function is started with and called with first. */
export interface FirstCall {
  readonly environment: Readonly<Record<string, string>>;
  readonly event: object;
  /** The count that the function writes when the call went as it should. */
  readonly counted: string;
}

const publicUrl = 'https://hooks.example.com';
const accountSid = `AC${'0'.repeat(32)}`;
const store = { TABLE_NAME: 'debtors', DUE_SHARDS: '4' };
const about = { contactId: 'c-1', ...knownDebtor };

/** The variables of the functions, by what they stand on. */
function environments({ url }: StubCloud) {
  const deciding = {
    ...store,
    CONFIG_PATH: configPath,
    AWS_APPCONFIG_EXTENSION_HTTP_PORT: new URL(url).port,
  };
  const links = { LINK_SECRET_ID: 'link', PORTAL_URL: publicUrl };
  const signed = { CALLBACK_SECRET_ID: 'callback', STRIPE_SECRET_ID: 'stripe', STRIPE_BASE_URL: url };
  const queues = {
    SMS_QUEUE_URL: `${url}/1/sms`,
    EMAIL_QUEUE_URL: `${url}/1/email`,
    CALL_QUEUE_URL: `${url}/1/call`,
    LOOK_QUEUE_URL: `${url}/1/look`,
  };
  const twilio = {
    ...deciding,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_TOKEN_SECRET_ID: 'twilio',
    TWILIO_BASE_URL: url,
    PUBLIC_URL: publicUrl,
  };
  return {
    deciding,
    twilio,
    tick: { ...deciding, ...queues },
    sms: { ...twilio, ...links },
    email: { ...deciding, ...links, SES_CONFIGURATION_SET: 'set', INBOUND_MAIL_DOMAIN: 'reply.example.com' },
    payments: { ...deciding, ...signed },
    portal: { ...deciding, ...links, ...signed },
    ses: { ...store, SES_TOPIC_ARN: topicArn, AWS_ENDPOINT_URL_SNS: url },
    mail: {
      ...deciding,
      ...{ INBOUND_MAIL_DOMAIN: 'reply.example.com', MAIL_BUCKET_NAME: mailBucket, MAIL_TOPIC_ARN: topicArn },
      ...{ AWS_ENDPOINT_URL_SNS: url, AWS_ENDPOINT_URL_S3: url },
    },
  };
}

/** The usual first call of each function, in a cloud that knows one person and has a configuration published. */
export function firstCalls(cloud: StubCloud): Readonly<Record<FunctionName, FirstCall>> {
  const { deciding, twilio, tick, sms, email, payments, portal, ses, mail } = environments(cloud);
  const written = message(cloud.signSns(JSON.stringify(mailReceived)));
  const mailed = message(cloud.signSns(JSON.stringify(mailDelivered)));
  return {
    ingest: { environment: store, event: putAccount, counted: 'account_imported' },
    'ingest-file': { environment: store, event: message(fileDropped), counted: 'file_refused' },
    plan: { environment: deciding, event: profileChanged, counted: 'planned_rest' },
    tick: { environment: tick, event: {}, counted: 'wakes_due' },
    'send-sms': { environment: sms, event: message(wake('sms')), counted: 'withheld_rest' },
    'send-email': { environment: email, event: message(wake('email')), counted: 'withheld_rest' },
    'place-call': { environment: twilio, event: message(wake('call')), counted: 'withheld_rest' },
    'guard-experiments': { environment: deciding, event: {}, counted: 'experiments_guarded' },
    'receive-twilio': { environment: twilio, event: statusCallback(), counted: 'receipt_recorded' },
    'receive-payment': { environment: payments, event: paymentCallback(), counted: 'payment_parked' },
    'receive-ses': { environment: ses, event: mailed, counted: 'receipt_recorded' },
    'receive-mail': { environment: mail, event: written, counted: 'mail_unknown_sender' },
    portal: { environment: portal, event: unknownLink, counted: 'link_unknown' },
    ops: { environment: deciding, event: askStops, counted: 'stops_told' },
    work: { environment: deciding, event: actOfAgent, counted: 'act_done' },
    'check-config': { environment: {}, event: { content: base64(cloud.config) }, counted: 'config_right' },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

const putAccount = {
  routeKey: 'PUT /accounts/{accountId}',
  pathParameters: { accountId: 'A1' },
  isBase64Encoded: false,
  body: JSON.stringify({
    debtorId: about.debtorId,
    familyName: 'Lin',
    locale: 'zh-CN',
    currency: 'CNY',
    balance: '1000.00',
    pastDue: '0',
    minimumDue: '100.00',
    dueDate: '2026-03-01',
    product: 'card',
    country: 'CN',
  }),
};

const askStops = {
  routeKey: 'GET /stops',
  isBase64Encoded: false,
  requestContext: { authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:user/build' } } },
};

/** Most links are opened once, and then the question has to be there at once; the build knows no code. */
const unknownLink = {
  routeKey: 'GET /a/{code}',
  rawPath: '/a/0000000000',
  rawQueryString: '',
  headers: { 'accept-language': 'en' },
  isBase64Encoded: false,
};

const actOfAgent = {
  ...askStops,
  routeKey: 'POST /debtors/{debtorId}/acts',
  headers: { 'idempotency-key': 'first' },
  pathParameters: { debtorId: about.debtorId },
  body: JSON.stringify({ kind: 'language', language: 'en' }),
};

const fileDropped = { detail: { bucket: { name: 'drop' }, object: { key: 'portfolio/march.csv' } } };

const profileChanged = {
  Records: [
    {
      eventName: 'MODIFY',
      dynamodb: {
        SequenceNumber: '1',
        Keys: { PK: { S: `debtor#${about.debtorId}` }, SK: { S: 'profile' } },
      },
    },
  ],
};

const mailDelivered = {
  eventType: 'Delivery',
  mail: {
    messageId: 'ses-1',
    tags: Object.fromEntries(
      Object.entries(about).map(([name, id]) => [name, [Buffer.from(id).toString('base64url')]]),
    ),
  },
};

const passed = { status: 'PASS' };
/** Somebody who is not known wrote to us: whoever is known is looked up like that, too. */
const mailReceived = {
  notificationType: 'Received',
  mail: { source: 'somebody@example.com' },
  receipt: {
    timestamp: '2026-03-02T09:00:00.000Z',
    recipients: ['service@reply.example.com'],
    ...{
      spamVerdict: passed,
      virusVerdict: passed,
      spfVerdict: passed,
      dkimVerdict: passed,
      dmarcVerdict: passed,
    },
    action: { type: 'S3', bucketName: mailBucket, objectKey: 'incoming/mail-1' },
  },
};

function message(body: object): object {
  return { Records: [{ messageId: 'm-1', body: JSON.stringify(body) }] };
}

function wake(wakeFor: string): object {
  return { version: 1, debtorId: about.debtorId, wakeAt: 0, wakeFor };
}

function statusCallback(): object {
  const form = { AccountSid: accountSid, MessageSid: 'SM1', MessageStatus: 'delivered' };
  const rawQueryString = new URLSearchParams(about).toString();
  const url = `${publicUrl}${messageStatusPath}?${rawQueryString}`;
  return {
    routeKey: `POST ${messageStatusPath}`,
    rawPath: messageStatusPath,
    rawQueryString,
    headers: { 'x-twilio-signature': twilioWebhooks.getExpectedTwilioSignature(twilioToken, url, form) },
    body: new URLSearchParams(form).toString(),
    isBase64Encoded: false,
  };
}

function paymentCallback(): object {
  const data = {
    paymentId: 'pay-1',
    debtorId: about.debtorId,
    accountId: 'nobodys',
    amount: 1,
    currency: 'CNY',
    bookedAt: '2026-03-01T00:00:00Z',
  };
  const body = JSON.stringify({ type: 'payment.received', timestamp: '2026-03-01T00:00:00Z', data });
  const seconds = String(Math.floor(Date.now() / 1_000));
  const signed = createHmac('sha256', Buffer.from(twilioToken, 'base64')).update(`evt-1.${seconds}.${body}`);
  return {
    routeKey: `POST ${callbackPath}`,
    rawPath: callbackPath,
    rawQueryString: '',
    headers: {
      'webhook-id': 'evt-1',
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signed.digest('base64')}`,
    },
    body,
    isBase64Encoded: false,
  };
}
