import * as z from 'zod';

/** Most shards that the `due` index may be spread over; each is one query a minute. */
const shardsMax = 1_024;

const text = z.string().min(1);

/** Debtors table: every function that touches a person. */
const store = {
  TABLE_NAME: text,
  /** Shards of the `due` index. Writers and `tick` must agree, so all get it from one setting. */
  DUE_SHARDS: z.coerce.number().int().min(1).max(shardsMax),
};

/** Access to Twilio's REST interface; the token itself is read from the secret at run time. */
const twilio = {
  TWILIO_ACCOUNT_SID: text,
  TWILIO_TOKEN_SECRET_ID: text,
  TWILIO_BASE_URL: z.url(),
  /** Where Twilio reaches our webhooks: origin without a path. */
  PUBLIC_URL: z.url(),
};

/** What personal links are made of. */
const links = {
  /** The secret by which their codes are made. */
  LINK_SECRET_ID: text,
  /** Where the pages behind them are: origin without a slash at its end. */
  PORTAL_URL: z.url(),
};

/** Access to Stripe; its keys are read from the secret at run time. */
const stripe = { STRIPE_SECRET_ID: text, STRIPE_BASE_URL: z.url() };

/** What stands for no domain: a variable cannot be absent for one stage alone. */
export const noDomain = 'none';

/** Where mail to us is taken in; `none`: nowhere. */
const inboundMailDomain = z.hostname().transform((domain) => (domain === noDomain ? undefined : domain));

/** Where the published configuration is read: every function that decides by it. */
const config = {
  /** What the AppConfig extension is asked for: `/applications/…/environments/…/configurations/…`. */
  CONFIG_PATH: z.string().regex(/^\/applications\/[^/]+\/environments\/[^/]+\/configurations\/[^/]+$/),
  /** Where on this machine the extension listens. */
  AWS_APPCONFIG_EXTENSION_HTTP_PORT: z.coerce.number().int().min(1).max(65_535),
};

/**
 * The environment of each function: the only place that names its variables. `main.ts` parses its own entry at cold start,
 * and infra builds the variables of the Lambda from the keys of the same entry.
 */
export const environmentSchemas = {
  ingest: z.object(store),
  'ingest-file': z.object(store),
  plan: z.object({ ...store, ...config }),
  tick: z.object({
    ...store,
    ...config,
    SMS_QUEUE_URL: z.url(),
    EMAIL_QUEUE_URL: z.url(),
    CALL_QUEUE_URL: z.url(),
    LOOK_QUEUE_URL: z.url(),
  }),
  'send-sms': z.object({ ...store, ...config, ...twilio, ...links }),
  'send-email': z.object({
    ...store,
    ...config,
    ...links,
    SES_CONFIGURATION_SET: text,
    INBOUND_MAIL_DOMAIN: inboundMailDomain,
  }),
  'place-call': z.object({ ...store, ...config, ...twilio }),
  'receive-twilio': z.object({ ...store, ...config, TWILIO_TOKEN_SECRET_ID: text, PUBLIC_URL: z.url() }),
  'receive-payment': z.object({
    ...store,
    ...config,
    ...stripe,
    /** By which the creditor's own systems sign what they tell. */
    CALLBACK_SECRET_ID: text,
  }),
  ops: z.object({ ...store, ...config }),
  portal: z.object({ ...store, ...config, ...links, ...stripe, CALLBACK_SECRET_ID: text }),
  work: z.object({ ...store, ...config }),
  'guard-experiments': z.object({ ...store, ...config }),
  'receive-ses': z.object({
    ...store,
    /** Topic that SES publishes to: a signed message of any other topic is not ours. */
    SES_TOPIC_ARN: text,
    /** Another SNS endpoint whose certificates are trusted; the local run sets it, AWS never does. */
    AWS_ENDPOINT_URL_SNS: z.url().optional(),
  }),
  'receive-mail': z.object({
    ...store,
    ...config,
    INBOUND_MAIL_DOMAIN: z.hostname(),
    /** The bucket that SES writes mails to. */
    MAIL_BUCKET_NAME: text,
    /** Topic that SES tells of them: a signed message of any other topic is not ours. */
    MAIL_TOPIC_ARN: text,
    /** Another SNS endpoint whose certificates are trusted, and another S3; the local run sets them, AWS never does. */
    AWS_ENDPOINT_URL_SNS: z.url().optional(),
    AWS_ENDPOINT_URL_S3: z.url().optional(),
  }),
  /** Judges a configuration by its content alone. */
  'check-config': z.object({}),
};

export type FunctionName = keyof typeof environmentSchemas;
export type FunctionEnvironment<Name extends FunctionName> = z.infer<(typeof environmentSchemas)[Name]>;

/** Variables that only the local run sets; templates must not. */
type LocalOnly = 'AWS_ENDPOINT_URL_SNS' | 'AWS_ENDPOINT_URL_S3';

/** What infra has to give a function: each variable of its schema, as text. */
export type DeployedEnvironment<Name extends FunctionName> = Record<
  Exclude<keyof FunctionEnvironment<Name>, LocalOnly>,
  string
>;
