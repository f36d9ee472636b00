import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import type { Payment } from '#shared/contracts/account.ts';
import type { Person } from '#shared/contracts/person.ts';
import { activePlan, agreementsOn, openPromises } from '#shared/core/agreements/account-agreements.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { dayMs, hourMs, toInstant } from '#shared/kernel/instant.ts';
import { planPerson } from '#shared/usecases/plan-person.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { walkPerson } from '#shared/usecases/walk-person.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { plan, promise } from '#test/builders/agreements.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { fixedRules } from '#test/fakes/fixed-rules.ts';

const from = at('2026-03-03T04:00:00Z');
const until = toInstant(from + 45 * dayMs);

let rules: DecisionRules;
beforeAll(async () => {
  const read = await readConfig('config', { today: '2026-03-02' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  rules = compileRules(read.bundle);
});

const hour = (max: number) => fc.integer({ min: 0, max }).map((hours) => from + hours * hourMs);
const accountId = fc.constantFrom('A1', 'A2');
const promiseArb = fc.record({
  accountId,
  amount: fc.integer({ min: 1, max: 100 }),
  madeAt: hour(20 * 24),
  days: fc.integer({ min: 0, max: 20 }),
  confirmBy: fc.constantFrom('sms' as const, 'email' as const, undefined),
});
const paymentArb = fc.record({
  accountId,
  amount: fc.integer({ min: 1, max: 100 }),
  bookedAt: hour(40 * 24),
});
const lifeArb = fc.record({
  promises: fc.array(promiseArb, { maxLength: 3 }),
  payments: fc.array(paymentArb, { maxLength: 4 }),
  hasPlan: fc.boolean(),
  ages: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
});
type Life = typeof lifeArb extends fc.Arbitrary<infer Value> ? Value : never;

function promisesOf({ promises }: Life) {
  return promises.map(({ days, confirmBy, ...one }, index) => {
    const due = one.madeAt + days * dayMs;
    const settlesAt = (Math.floor(due / dayMs) + 2) * dayMs;
    return promise({
      ...one,
      promiseId: `promise-${index}`,
      enough: one.amount,
      countsFrom: Math.floor(one.madeAt / dayMs) * dayMs,
      dueDate: new Date(due).toISOString().slice(0, 10),
      settlesAt,
      ...(confirmBy !== undefined && { confirmBy }),
    });
  });
}

function paymentsOf({ payments }: Life): Payment[] {
  return payments.map((one, index) => ({
    ...one,
    paymentId: `pay-${index}`,
    debtorId: 'P1',
    currency: 'CNY',
  }));
}

function accountsOf({ ages }: Life) {
  return ages.map((age, index) =>
    account({
      accountId: `A${index + 1}`,
      creditor: 'demo-bank-cn',
      dueDate: new Date(from - age * dayMs).toISOString().slice(0, 10),
    }),
  );
}

describe('while a promise is open or a plan is kept', () => {
  it('nothing is said of its account but by its own messages, and it is in no other message', () => {
    let seen = 0;
    fc.assert(
      fc.property(lifeArb, (life) => {
        const who: Person = person({
          debtor: debtor({ consents: [{ channel: 'email', level: 'written', at: 0 }] }),
          accounts: accountsOf(life),
          promises: promisesOf(life),
          payments: paymentsOf(life).map((one) => ({ ...one, bookedAt: from })),
          plans: life.hasPlan ? [plan({ accountId: 'A2', madeAt: from, countsFrom: from - dayMs })] : [],
        });
        const outcomes = { sms: 'delivered', email: 'delivered', call: 'conversation' } as const;
        const { contacts } = walkPerson(who, rules, { from, until, outcomes });
        for (const { about, reservedAt, template } of contacts) {
          for (const subject of about) {
            const standing = agreementsOn(
              who.accounts.find((one) => one.accountId === subject.accountId)!,
              who,
              reservedAt,
            );
            // A promise of the walk exists from its start on; one that is made later pauses no less before.
            const isPaused = openPromises(standing).length > 0 || activePlan(standing) !== null;
            if (isPaused) {
              seen += 1;
              expect([template, subject.agreement]).not.toContain(undefined);
            }
            if (about.length > 1) expect(isPaused).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(50);
  });
});

describe('a promise', () => {
  /** Lives through payments and ticks in an order, by the use cases and a store; tells how the promises stand in the end. */
  async function standingAfter(life: Life, order: readonly (Payment | number)[]) {
    const store = createFakeDebtorStore({ shards: 1 });
    const clock = createFakeClock(from);
    const parts = paymentParts({ store, clock, rules: fixedRules(rules) });
    const accounts = accountsOf(life);
    await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts, stops: false }]);
    await store.change('P1', 0, { promises: promisesOf(life) });
    for (const event of order) {
      if (typeof event === 'number') {
        clock.set(toInstant(Math.max(clock.now(), event)));
        await planPerson('P1', parts);
      } else await recordPayment(event, parts);
    }
    const who = (await store.load('P1'))!;
    return who.accounts.map((one) =>
      agreementsOn(one, who, until).promises.map(({ promise: { promiseId }, state, paid: sum }) => [
        promiseId,
        state,
        sum,
      ]),
    );
  }

  it('stands the same in the end for every order of the same payments and ticks of the clock', async () => {
    const arb = fc
      .record({ life: lifeArb, ticks: fc.array(hour(45 * 24), { maxLength: 4 }) })
      .chain(({ life, ticks }) => {
        const events: (Payment | number)[] = [...paymentsOf(life), ...ticks];
        return fc.record({
          life: fc.constant(life),
          one: fc.shuffledSubarray(events, { minLength: events.length }),
          other: fc.shuffledSubarray(events, { minLength: events.length }),
        });
      });
    await fc.assert(
      fc.asyncProperty(arb, async ({ life, one, other }) => {
        expect(await standingAfter(life, other)).toEqual(await standingAfter(life, one));
      }),
      { numRuns: 150 },
    );
  });
});
