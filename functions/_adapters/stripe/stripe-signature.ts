import { createHmac } from 'node:crypto';
import { isSameSecret } from '#functions/_adapters/same-secret.ts';
import { minuteMs, secondMs, type Instant } from '#shared/kernel/instant.ts';

/** Longest that a webhook may be under way, by Stripe's own libraries. */
const toleranceMs = 5 * minuteMs;
/** Longest header that is read, in characters. */
const headerLengthMax = 2_000;

/**
 * Whether Stripe signed a webhook with our secret: `t=` a moment, and one `v1=` hexadecimal HMAC-SHA256 over `t.body` for
 * each secret while one is being changed (docs.stripe.com/webhooks, "Verify manually"). A webhook that is older than five
 * minutes is not believed: Stripe signs each further try anew.
 */
export function isSignedByStripe(
  { header = '', body }: { readonly header: string | undefined; readonly body: string },
  secret: string,
  now: Instant,
): boolean {
  if (secret === '' || header.length > headerLengthMax) return false;
  const parts = header.split(',').map((part) => part.trim());
  const timestamp = valuesOf(parts, 't')[0] ?? '';
  if (!/^\d{1,11}$/.test(timestamp)) return false;
  const right = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const isRight = valuesOf(parts, 'v1').some((told) => isSameSecret(told, right));
  return isRight && Math.abs(now - Number(timestamp) * secondMs) <= toleranceMs;
}

function valuesOf(parts: readonly string[], name: string): string[] {
  const prefix = `${name}=`;
  return parts.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
}
