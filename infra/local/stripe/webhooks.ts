import Stripe from 'stripe';
import { stripeVersion } from '#functions/_adapters/stripe/stripe-version.ts';
import type { LocalClock } from '#infra/local/twilio/local-clock.ts';

/** Longest that Stripe waits for the answer of a webhook, in milliseconds. */
const answerTimeoutMs = 15_000;
/** Wait before the second try of a webhook; it doubles with each further one. */
const firstRetryMs = 60 * 60_000;
const triesMax = 6;

export interface StripeWebhooks {
  /** Sends an event; tries again later until our webhook answers with success, a bounded number of times. */
  send(type: Stripe.Event['type'], object: object): Promise<void>;
  /** Where events go from now on; until then they are kept back. */
  connect(url: string): void;
  readonly counts: { answered: number; lost: number };
}

/** Tells our webhook what happened, signed by Stripe's own library. */
export function createStripeWebhooks(secret: string, clock: LocalClock, seed: string): StripeWebhooks {
  const counts = { answered: 0, lost: 0 };
  let target: string | undefined;
  let sent = 0;
  const attempt = async (event: string, tries: number): Promise<void> => {
    if (target !== undefined && (await post(target, event, { secret, nowMs: clock.now() }))) {
      counts.answered += 1;
    } else if (tries >= triesMax) counts.lost += 1;
    else clock.schedule(clock.now() + firstRetryMs * 2 ** (tries - 1), () => attempt(event, tries + 1));
  };
  return {
    counts,
    connect: (url) => {
      target = url;
    },
    send: (type, object) => {
      sent += 1;
      const created = Math.floor(clock.now() / 1_000);
      const id = `evt_${seed}${String(created)}${String(sent)}`;
      const event = { id, object: 'event', api_version: stripeVersion, created, type, data: { object } };
      return attempt(JSON.stringify(event), 1);
    },
  };
}

async function post(
  url: string,
  payload: string,
  { secret, nowMs }: { readonly secret: string; readonly nowMs: number },
): Promise<boolean> {
  const timestamp = Math.floor(nowMs / 1_000);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body: payload,
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
