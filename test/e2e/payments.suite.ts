import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStripeCheckout } from '#functions/_adapters/stripe/stripe-checkout.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { callbackPath } from '#functions/receive-payment/paths.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import { stripeKeys, type LocalWorld } from '#infra/local/start/open-world.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import type { Person } from '#shared/contracts/person.ts';
import { dayMs, toInstant } from '#shared/kernel/instant.ts';
import { openCalmWorld, takeInPeople, untilTextsWait } from '#test/e2e/calm-world.ts';
import { tellPayment } from '#test/e2e/payment-callback.ts';

/** Everybody is due a text message at this moment, as in the kill switch's suite. */
const importAtMs = Date.parse('2026-03-10T16:05:00+08:00');
const peopleCount = 30;
/** More messages than these wait when people begin to pay. */
const queuedMin = 10;

/**
 * The synthesised template with its doors, roles and secrets: people pay on the hosted page and on the creditor's own while
 * their messages wait in the queue.
 */
export function paymentsSuite(assembly: () => Assembly): void {
  describe('payments, with messages in the queue', () => {
    let world: LocalWorld;
    let people: readonly Person[];
    let wrong: readonly string[] = [];

    beforeAll(async () => {
      ({ world, wrong } = await openCalmWorld(assembly(), { startAtMs: importAtMs, seed: 'payments' }));
      await takeInPeople(world, peopleCount);
      await world.run.settle();
      const everyThird = Array.from({ length: peopleCount / 3 }, (_, index) => 3 * index);
      // Some pay when their message is planned, some while messages wait in the queue.
      await Promise.all(everyThird.map((index) => payAtStripe(world, index)));
      await untilTextsWait(world, queuedMin);
      await Promise.all(everyThird.map((index) => callBack(world, index + 1)));
      await world.run.settle();
      await world.run.advanceTo(importAtMs + dayMs);
      people = await peopleReader(world.run)();
    }, 300_000);
    afterAll(() => world.stop());

    const paid = () => people.filter(({ payments }) => payments.length > 0);

    it('are each booked once, and cure', () => {
      expect(paid()).toHaveLength((peopleCount / 3) * 2);
      for (const { payments, accounts } of paid()) {
        expect(payments).toHaveLength(1);
        expect(accounts).toMatchObject([{ pastDue: 0 }]);
      }
      expect(world.stripe.webhooks.counts).toEqual({ answered: peopleCount / 3, lost: 0 });
    });

    it('silence what is queued: nobody is contacted later than their payment became known', () => {
      const unmoved = paid().filter((person) => remindersOf(person).length === 0);
      expect(unmoved.length).toBeGreaterThanOrEqual(peopleCount / 3);
      for (const person of people) {
        const toldAt = person.payments[0]?.toldAt ?? Infinity;
        const reminders = remindersOf(person);
        for (const { reservedAt } of reminders) expect(reservedAt).toBeLessThanOrEqual(toldAt);
        if (toldAt === Infinity) expect(reminders.length).toBeGreaterThan(0);
      }
    });

    it('open the account again when the bank takes the money back', async () => {
      const [session] = world.stripe.sessions.all();
      await world.stripe.sessions.dispute(session!.payment!.intentId);
      await world.run.settle();
      const after = await peopleReader(world.run)();
      const disputed = after.find(({ debtorId }) => debtorId === session!.metadata['debtorId']);
      expect(disputed?.accounts).toMatchObject([{ pastDue: 100 }]);
    });

    it('are refused without a signature', async () => {
      const answer = await world.run.http({ method: 'POST', url: callbackPath, body: '{}' });
      expect(answer.status).toBe(403);
    });

    it('need nothing that the roles of the functions do not allow', () => {
      expect(wrong).toEqual([]);
    });
  });
}

/** Contacts that ask for money; a receipt is none of them. */
function remindersOf({ attempts }: Person) {
  return attempts.filter(({ purpose }) => purpose !== 'reply_to_debtor');
}

/** Opens the hosted page as our own pages do, and pays on it. */
async function payAtStripe({ stripe, clock }: LocalWorld, index: number): Promise<void> {
  const secret = () => Promise.resolve(JSON.stringify(stripeKeys));
  const checkout = createStripeCheckout({
    http: createStripeHttp({ baseUrl: stripe.url, secret }),
    clock: { now: () => toInstant(clock.now()) },
  });
  const back = 'https://pay.example.com/';
  const opened = await checkout.open({
    ...{ reference: `ref-${index}`, debtorId: `P${index}`, accountId: `A${index}`, title: 'Card' },
    ...{ amount: 100, currency: 'CNY', locale: 'zh-CN', paidUrl: back, backUrl: back },
  });
  if (opened.kind !== 'opened') throw new Error(opened.reason);
  await fetch(`${opened.url}/pay`, { method: 'POST', redirect: 'manual' });
}

async function callBack(world: LocalWorld, index: number): Promise<void> {
  const money = { paymentId: `X${index}`, accountId: `A${index}`, amount: 100, currency: 'CNY' };
  expect(await tellPayment(world, money)).toBe(201);
}
