import {
  SendRawEmailCommand,
  SESClient,
  SESServiceException,
  type SESClientConfig,
} from '@aws-sdk/client-ses';
import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import type { Email, EmailSender, SendResult } from '#shared/ports/message-sender.ts';
import { toTags } from './contact-tags.ts';
import { mimeMessage, UnusableAddressError } from './mime-message.ts';
import { refusalByErrorName, type Refusal } from './ses-words.ts';

/** How long to wait after SES could not even be reached. */
const unreachableRetryMs = 60_000;
/** Node's words for a connection that never stood: nothing can have been sent. */
const neverConnectedCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/**
 * An SES client for sending. The SDK's own retries are off, because SES has no idempotency key and a blind retry sends
 * twice. Connections are not kept: one that the other side closed while the Lambda slept would lose the mail without our
 * knowing, and without the SDK's retries the contact with it.
 */
export function createSesClient(config: SESClientConfig = {}): SESClient {
  return new SESClient({
    ...config,
    maxAttempts: 1,
    requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
  });
}

export interface SesEmailSenderOptions {
  readonly client: SESClient;
  /** Its event destination is what makes receipts come back. */
  readonly configurationSet: string;
  /** From the start of the request to having its answer. */
  readonly timeoutMs: number;
  readonly onUnrecognised: OnUnrecognised;
}

/** Sends e-mail by SES's SendRawEmail: only a message of our own can have the headers that end e-mails with one click. */
export function sesEmailSender({
  client,
  configurationSet,
  timeoutMs,
  onUnrecognised,
}: SesEmailSenderOptions): EmailSender {
  return {
    channel: 'email',
    async send(email) {
      try {
        const command = new SendRawEmailCommand(toRequest(email, configurationSet));
        const { MessageId: providerId } = await client.send(command, {
          abortSignal: AbortSignal.timeout(timeoutMs),
        });
        return providerId === undefined
          ? { kind: 'unknown', reason: 'answer_not_understood' }
          : { kind: 'accepted', providerId };
      } catch (error) {
        return error instanceof UnusableAddressError
          ? rejection({ reason: 'address_unusable' })
          : toFailure(error, onUnrecognised);
      }
    },
    // SES has no list of what it sent: only its events can settle a contact.
    findSent: () => Promise.resolve({ kind: 'unsupported' }),
  };
}

function toRequest(email: Email, configurationSet: string): SendRawEmailCommand['input'] {
  return {
    Source: email.from,
    Destinations: [email.to],
    RawMessage: { Data: Buffer.from(mimeMessage(email)) },
    ConfigurationSetName: configurationSet,
    Tags: toTags(email.contact),
  };
}

/** A server error may come after SES has taken the mail, so it is unknown, as is every answer that did not come. */
function toFailure(error: unknown, onUnrecognised: OnUnrecognised): SendResult {
  if (!(error instanceof Error)) return { kind: 'unknown', reason: 'connection_lost' };
  if (neverConnectedCodes.has('code' in error ? error.code : undefined)) {
    return { kind: 'rejected', reason: 'no_connection', retry: { kind: 'after', ms: unreachableRetryMs } };
  }
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { kind: 'unknown', reason: 'time_out' };
  if (error instanceof SESServiceException) return toServiceFailure(error, onUnrecognised);
  return error.name in refusalByErrorName
    ? rejection(refusalByErrorName[error.name])
    : { kind: 'unknown', reason: 'connection_lost' };
}

function toServiceFailure(error: SESServiceException, onUnrecognised: OnUnrecognised): SendResult {
  const status = error.$metadata.httpStatusCode ?? 0;
  if (status < 400 || status >= 500) return { kind: 'unknown', reason: 'provider_error' };
  return rejection(recognise(refusalByErrorName, { field: 'error', value: error.name }, onUnrecognised));
}

function rejection({ reason, retryAfterMs }: Refusal = { reason: 'unrecognised' }): SendResult {
  return {
    kind: 'rejected',
    reason,
    retry: retryAfterMs === undefined ? { kind: 'never' } : { kind: 'after', ms: retryAfterMs },
  };
}
