import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import type { PaymentPromise } from '#shared/contracts/agreement.ts';
import { receiptsOn } from '#shared/core/agreements/counted-payments.ts';
import { judgePromises } from '#shared/core/agreements/promise-standing.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import { paid, promise } from '#test/builders/agreements.ts';
import { at } from '#test/builders/person.ts';

const before = at('2026-03-11T15:59:59Z');
const after = at('2026-03-11T16:00:00Z');

function judge(
  promises: readonly PaymentPromise[],
  payments: readonly Payment[],
  now: number,
  curedAt?: number,
) {
  const { promises: judged } = judgePromises(promises, receiptsOn('A1', payments), { now, curedAt });
  return Object.fromEntries(
    judged.map(({ promise: { promiseId }, state, paid: sum }) => [promiseId, [state, sum]]),
  );
}

describe('a promise', () => {
  it.each([
    ['is open until its last day of booking is over', [], before, ['open', 0]],
    ['is broken from then on when nothing was paid', [], after, ['broken', 0]],
    ['is kept as soon as all of it is paid', [paid()], at('2026-03-09T04:00:00Z'), ['kept', 60]],
    ['is partly kept when some of it was paid', [paid({ amount: 20 })], after, ['partial', 20]],
    ['takes a payment that was booked in the last second', [paid({ bookedAt: before })], after, ['kept', 60]],
    ['does not take one that was booked later', [paid({ bookedAt: after })], after, ['broken', 0]],
    [
      'takes a payment of the day on which it was made',
      [paid({ bookedAt: at('2026-03-02T16:00:00Z') })],
      after,
      ['kept', 60],
    ],
    [
      'does not take one of the day before',
      [paid({ bookedAt: at('2026-03-02T15:59:59Z') })],
      after,
      ['broken', 0],
    ],
    ['does not take one of another account', [paid({ accountId: 'A2' })], after, ['broken', 0]],
    [
      'counts what is left of a payment that was partly taken back',
      [paid({ reversals: [{ reversalId: 'r', amount: 45, at: before, why: 'refund' }] })],
      after,
      ['partial', 15],
    ],
  ])('%s', (_, payments, now, standing) => {
    expect(judge([promise()], payments, now)).toEqual({ 'promise-1': standing });
  });

  it('does not take a payment that was known when it was made', () => {
    const early = promise({ paidBefore: ['pay-1'] });
    expect(judge([early], [paid()], after)).toEqual({ 'promise-1': ['broken', 0] });
  });

  it('is kept when enough of it is paid', () => {
    expect(judge([promise({ enough: 58.8 })], [paid({ amount: 58.8 })], after)).toEqual({
      'promise-1': ['kept', 58.8],
    });
  });

  it('that was taken back counts as nothing, and takes nothing', () => {
    const taken = promise({ cancelled: { at: before, why: 'withdrawn' } });
    const other = promise({ promiseId: 'promise-2' });
    expect(judge([taken, other], [paid()], after)).toEqual({
      'promise-1': ['cancelled', 0],
      'promise-2': ['kept', 60],
    });
  });

  it('is kept when the feed tells within its time that nothing is past due any more', () => {
    expect(judge([promise()], [], after, before)).toEqual({ 'promise-1': ['kept', 0] });
    expect(judge([promise()], [], after, after)).toEqual({ 'promise-1': ['broken', 0] });
    expect(judge([promise()], [], after, at('2026-03-01T00:00:00Z'))).toEqual({ 'promise-1': ['broken', 0] });
  });
});

describe('several promises', () => {
  const later = promise({
    promiseId: 'promise-2',
    dueDate: '2026-03-20',
    settlesAt: at('2026-03-21T16:00:00Z'),
  });

  it('are filled one after the other, so that no payment counts twice', () => {
    expect(judge([later, promise()], [paid({ amount: 90 })], after)).toEqual({
      'promise-1': ['kept', 60],
      'promise-2': ['open', 30],
    });
  });

  it('leave what comes too late for one to the next', () => {
    expect(judge([promise(), later], [paid({ bookedAt: after })], after)).toEqual({
      'promise-1': ['broken', 0],
      'promise-2': ['kept', 60],
    });
  });
});

describe('any promises and payments', () => {
  const hours = (text: string, max: number) =>
    fc.integer({ min: 0, max }).map((hour) => at(text) + hour * hourMs);
  const promisesArb = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 9 }),
      amount: fc.integer({ min: 1, max: 90 }),
      settles: hours('2026-03-05T16:00:00Z', 400),
    }),
    { maxLength: 4, selector: ({ id }) => id },
  );
  const paymentsArb = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 9 }),
      amount: fc.integer({ min: 1, max: 90 }),
      bookedAt: hours('2026-03-01T16:00:00Z', 500),
    }),
    { maxLength: 6, selector: ({ id }) => id },
  );
  const shuffled = <T>(values: readonly T[]) =>
    fc.shuffledSubarray([...values], { minLength: values.length });

  const arb = fc
    .record({ promises: promisesArb, payments: paymentsArb, now: hours('2026-03-03T16:00:00Z', 600) })
    .map(({ promises, payments, now }) => ({
      now,
      promises: promises.map(({ id, amount, settles }) =>
        promise({ promiseId: `promise-${id}`, amount, enough: amount, settlesAt: settles }),
      ),
      payments: payments.map(({ id, amount, bookedAt }) =>
        paid({ paymentId: `pay-${id}`, amount, bookedAt }),
      ),
    }));

  it('stand the same in every order', () => {
    const inTwoOrders = arb.chain((all) =>
      fc.record({
        all: fc.constant(all),
        promises: shuffled(all.promises),
        payments: shuffled(all.payments),
      }),
    );
    fc.assert(
      fc.property(inTwoOrders, ({ all, promises, payments }) => {
        expect(judge(promises, payments, all.now)).toEqual(judge(all.promises, all.payments, all.now));
      }),
      { numRuns: 500 },
    );
  });

  it('never share more than was paid, and never more than was promised', () => {
    fc.assert(
      fc.property(arb, ({ promises, payments, now }) => {
        const judged = judgePromises(promises, receiptsOn('A1', payments), { now });
        const taken = judged.promises.reduce((sum, one) => sum + one.paid, 0);
        const left = judged.left.reduce((sum, { minor }) => sum + minor / 100, 0);
        expect(taken + left).toBeCloseTo(
          payments.reduce((sum, { amount }) => sum + amount, 0),
          6,
        );
        for (const one of judged.promises) expect(one.paid).toBeLessThanOrEqual(one.promise.amount);
      }),
      { numRuns: 500 },
    );
  });

  it('once decided, stay so whatever time it gets and whatever is booked after', () => {
    const later = arb.chain((all) =>
      fc.record({ all: fc.constant(all), extra: fc.integer({ min: 1, max: 500 }) }),
    );
    fc.assert(
      fc.property(later, ({ all: { promises, payments, now }, extra }) => {
        const first = judge(promises, payments, now);
        const more = [...payments, paid({ paymentId: 'pay-late', amount: 500, bookedAt: now })];
        const then = judge(promises, more, now + extra * hourMs);
        for (const [id, standing] of Object.entries(first))
          if (standing[0] !== 'open') expect([id, then[id]]).toEqual([id, standing]);
      }),
      { numRuns: 500 },
    );
  });
});
