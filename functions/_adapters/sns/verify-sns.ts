import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { fetchCertificate } from './fetch-certificate.ts';

/** Certificates that are kept; AWS changes its own about once a year. */
const certificatesMax = 10;

const text = z.string().max(300_000);
/** What SNS delivers, over HTTP (`SigningCertURL`) or to a Lambda (`SigningCertUrl`, a null Subject). */
const EnvelopeSchema = z.looseObject({
  Type: z.literal('Notification'),
  MessageId: text,
  TopicArn: text,
  Subject: text.nullish(),
  Message: text,
  Timestamp: text,
  SignatureVersion: text,
  Signature: text,
  SigningCertURL: text.optional(),
  SigningCertUrl: text.optional(),
});
type Envelope = z.infer<typeof EnvelopeSchema>;

export interface SnsVerifierOptions {
  /** The only topic that is ours: AWS signs the topics of every account alike. */
  readonly topicArn: string;
  /** Another SNS endpoint, whose certificates are trusted instead of AWS's own: the local run's. */
  readonly endpoint?: string;
}

export type SnsVerdict =
  | { readonly kind: 'genuine'; readonly messageId: string; readonly message: string }
  | { readonly kind: 'forged'; readonly why: string };

/**
 * Says whether a notification really comes from our topic (docs.aws.amazon.com/sns, "Verifying the signatures of Amazon
 * SNS messages"; signature versions 1 and 2). Keeps certificates between calls.
 *
 * @throws when the certificate could not be fetched: nothing is known then, and the delivery has to be tried again.
 */
export function createSnsVerifier(options: SnsVerifierOptions): (envelope: unknown) => Promise<SnsVerdict> {
  const keys = new Map<string, KeyObject>();
  const keyAt = async (url: string): Promise<KeyObject> => {
    const known = keys.get(url);
    if (known !== undefined) return known;
    const key = createPublicKey(await fetchCertificate(url));
    if (keys.size >= certificatesMax) keys.clear();
    keys.set(url, key);
    return key;
  };
  return async (received) => {
    const parsed = EnvelopeSchema.safeParse(received);
    if (!parsed.success) return { kind: 'forged', why: 'not a notification of SNS' };
    const envelope = parsed.data;
    const algorithm = digestByVersion.get(envelope.SignatureVersion);
    const certificateUrl = envelope.SigningCertURL ?? envelope.SigningCertUrl ?? '';
    if (envelope.TopicArn !== options.topicArn) return { kind: 'forged', why: 'of another topic' };
    if (algorithm === undefined) return { kind: 'forged', why: 'unknown signature version' };
    if (!isTrustedCertificate(certificateUrl, options))
      return { kind: 'forged', why: 'certificate from elsewhere' };
    const signature = Buffer.from(envelope.Signature, 'base64');
    const isGenuine = verify(
      algorithm,
      Buffer.from(signedText(envelope)),
      await keyAt(certificateUrl),
      signature,
    );
    return isGenuine
      ? { kind: 'genuine', messageId: envelope.MessageId, message: envelope.Message }
      : { kind: 'forged', why: 'wrong signature' };
  };
}

const digestByVersion: ReadonlyMap<string, string> = new Map([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
]);

const certificatePath = /^\/SimpleNotificationService-[A-Za-z0-9]{32}\.pem$/;

/** Only https from SNS itself in the topic's own region, or from the endpoint that main.ts was given. */
function isTrustedCertificate(address: string, { topicArn, endpoint }: SnsVerifierOptions): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  if (endpoint !== undefined) return url.origin === URL.parse(endpoint)?.origin;
  // The whole address is compared: nothing may ride along in a query, a port or a user name.
  return address === `${awsOrigin(topicArn)}${url.pathname}` && certificatePath.test(url.pathname);
}

function awsOrigin(topicArn: string): string {
  const [, partition, , region = ''] = topicArn.split(':');
  return `https://sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

/** The fields that SNS signs, in its order; a Subject only where there is one. */
function signedText(envelope: Envelope): string {
  const { Message, MessageId, Subject, Timestamp, TopicArn, Type } = envelope;
  const fields = Object.entries({ Message, MessageId, Subject, Timestamp, TopicArn, Type });
  return fields
    .flatMap(([name, value]) => (typeof value === 'string' ? [`${name}\n${value}\n`] : []))
    .join('');
}
