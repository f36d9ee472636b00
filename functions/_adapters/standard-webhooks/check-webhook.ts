import { createHmac } from 'node:crypto';
import { minuteMs, secondMs, type Instant } from '#shared/kernel/instant.ts';
import { isSameSecret } from '#functions/_adapters/same-secret.ts';

/** Longest that a webhook may be under way, and furthest that its sender's clock may be ahead. */
const toleranceMs = 5 * minuteMs;
/** Signatures that are looked at: one for each secret of a rotation, and some to spare. */
const signaturesMax = 10;
const secretPrefix = 'whsec_';

/** A webhook as it reached us, before anything in it may be believed: three headers and the untouched body. */
export interface SignedWebhook {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: string;
}

/**
 * Whether a webhook carries a signature by our secret, as Standard Webhooks has it: `v1,` and the base64 HMAC-SHA256 over
 * `id.timestamp.body`, several of them divided by blanks while a secret is being changed. `too_old`: rightly signed, but
 * not within five minutes of now; only a sender that signs again is believed.
 *
 * @param secret the shared secret in base64, with or without `whsec_`.
 */
export function checkWebhook(
  { id, timestamp, signature, body }: SignedWebhook,
  secret: string,
  now: Instant,
): 'valid' | 'invalid' | 'too_old' {
  const key = keyOf(secret);
  const isComplete = isGiven(id) && isGiven(signature) && /^\d{1,11}$/.test(timestamp ?? '');
  // An empty key would make every signature that anybody can work out a right one.
  if (!isComplete || key.length === 0) return 'invalid';
  const right = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  const told = signature.split(' ', signaturesMax);
  if (!told.some((one) => isSameSecret(one, right))) return 'invalid';
  return Math.abs(now - Number(timestamp) * secondMs) > toleranceMs ? 'too_old' : 'valid';
}

function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function keyOf(secret: string): Buffer {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
  return Buffer.from(text, 'base64');
}

/** The three headers and the body of a request of the HTTP API, whose header names are in small letters. */
export function webhookOf(
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
): SignedWebhook {
  return {
    id: headers['webhook-id'],
    timestamp: headers['webhook-timestamp'],
    signature: headers['webhook-signature'],
    body,
  };
}
