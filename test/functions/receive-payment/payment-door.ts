import { createHandler } from '#functions/receive-payment/handler.ts';
import type { StripeOwner } from '#functions/_adapters/stripe/read-stripe-event.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '../events.ts';

export const stripeSecret = 'whsec_stripe';
export const callbackSecret = 'c'.repeat(64);

export type PaymentDoor = Awaited<ReturnType<typeof paymentDoor>>;

/** The doors for payments on fakes; P1 owes 100 CNY on A1. */
export async function paymentDoor({
  stripe = JSON.stringify({ apiKey: 'sk_test', webhookSecret: stripeSecret }),
} = {}) {
  const store = createFakeDebtorStore({ shards: 2 });
  const clock = createFakeClock(at('2026-03-10T12:00:00Z'));
  const telemetry = createFakeTelemetry();
  const parts = paymentParts({ store, clock });
  let stripeOwner: StripeOwner | null = { debtorId: 'P1', accountId: 'A1' };
  await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
  const handle = createHandler({
    ...parts,
    telemetry,
    callbackSecret: () => Promise.resolve(callbackSecret),
    stripeSecret: () => Promise.resolve(stripe),
    ownerOf: (accountId) => store.findAccount(accountId),
    stripeOwnerOf: () => Promise.resolve(stripeOwner),
  });
  return {
    clock,
    telemetry,
    parked: parts.parked,
    store,
    person: () => store.load('P1'),
    stripeKnows: (owner: StripeOwner | null) => {
      stripeOwner = owner;
    },
    send: async (rawPath: string, body: string, headers: Record<string, string>) => {
      const answer = await handle(httpRequest({ rawPath, body, headers }));
      const content = JSON.parse(answer.body ?? '{}') as Record<string, unknown>;
      return { status: answer.statusCode, content };
    },
  };
}
