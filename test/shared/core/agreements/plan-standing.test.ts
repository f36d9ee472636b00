import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import { receiptsOn } from '#shared/core/agreements/counted-payments.ts';
import { judgePlan } from '#shared/core/agreements/plan-standing.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { paid, plan } from '#test/builders/agreements.ts';
import { at } from '#test/builders/person.ts';

const march = at('2026-03-11T16:00:00Z');
const april = at('2026-04-11T16:00:00Z');
const may = at('2026-05-11T16:00:00Z');

function judge(payments: readonly Payment[], now: number, changes: Parameters<typeof plan>[0] = {}) {
  return judgePlan(plan(changes), receiptsOn('A1', payments), { now });
}
const on = (iso: string, amount: number) =>
  paid({ paymentId: `pay-${iso}`, amount, bookedAt: at(`${iso}T04:00:00Z`) });

describe('a plan', () => {
  it('is active before its first instalment is settled, and names that one as next', () => {
    expect(judge([], march - 1)).toMatchObject({
      state: 'active',
      paid: 0,
      missed: null,
      next: { index: 0, open: 30, dueDate: '2026-03-10' },
    });
  });

  it('stays active while each instalment is paid in time', () => {
    expect(judge([on('2026-03-09', 30)], march)).toMatchObject({
      state: 'active',
      next: { index: 1, open: 30 },
    });
  });

  it('lets early money pay the instalments to come', () => {
    const early = judge([on('2026-03-09', 45)], april - 1);
    expect(early).toMatchObject({ state: 'active', next: { index: 1, open: 15 } });
  });

  it('is completed when all of it is paid, also early', () => {
    expect(judge([on('2026-03-09', 100)], march)).toMatchObject({
      state: 'completed',
      next: null,
      paid: 100,
    });
  });

  it('is breached by a missed instalment, with the time in which paying revives it', () => {
    expect(judge([on('2026-03-09', 29)], march)).toMatchObject({
      state: 'breached',
      breach: { at: march, revivableUntil: march + 10 * dayMs },
      missed: { index: 0, open: 1 },
    });
  });

  it('revives when what was due is paid in that time', () => {
    expect(judge([on('2026-03-20', 30)], at('2026-03-25T00:00:00Z'))).toMatchObject({ state: 'active' });
  });

  it('defaults when it is not, and later money does not revive it', () => {
    expect(judge([], march + 10 * dayMs)).toMatchObject({ state: 'defaulted' });
    expect(judge([on('2026-03-29', 100)], march + 30 * dayMs)).toMatchObject({ state: 'defaulted' });
  });

  it('revives only so often', () => {
    const twiceLate = [on('2026-03-20', 30), on('2026-04-20', 30)];
    expect(judge(twiceLate, at('2026-04-25T00:00:00Z'))).toMatchObject({ state: 'defaulted' });
    expect(judge(twiceLate, at('2026-04-25T00:00:00Z'), { revivalsMax: 2 })).toMatchObject({
      state: 'active',
    });
  });

  it('tolerates as many missed instalments as it says, but not the last', () => {
    const tolerant = { missedMax: 1, revivalsMax: 0 };
    expect(judge([], march, tolerant)).toMatchObject({
      state: 'active',
      missed: { index: 0, open: 30 },
      next: { index: 0 },
      upcoming: { index: 1 },
    });
    expect(judge([], april, tolerant)).toMatchObject({ state: 'defaulted' });
    expect(judge([on('2026-03-09', 60)], may, tolerant)).toMatchObject({
      state: 'defaulted',
      missed: { index: 2 },
    });
  });

  it('is completed when the feed tells that nothing is past due any more', () => {
    const cured = judgePlan(plan(), [], { now: may, curedAt: march - 1 });
    expect(cured).toMatchObject({ state: 'completed' });
  });

  it('that was withdrawn is neither kept nor broken', () => {
    expect(judge([], may, { cancelled: { at: march, why: 'withdrawn' } })).toMatchObject({
      state: 'cancelled',
    });
  });

  it('stands the same in every order of the payments', () => {
    const payments = fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 0, max: 90 }), amount: fc.integer({ min: 1, max: 60 }) }),
      { maxLength: 6, selector: ({ day }) => day },
    );
    const arb = payments
      .map((all) =>
        all.map(({ day, amount }) =>
          paid({ paymentId: `pay-${day}`, amount, bookedAt: at('2026-03-03T04:00:00Z') + day * dayMs }),
        ),
      )
      .chain((all) =>
        fc.record({
          all: fc.constant(all),
          other: fc.shuffledSubarray(all, { minLength: all.length }),
          now: fc.integer({ min: 0, max: 100 }).map((day) => at('2026-03-03T04:00:00Z') + day * dayMs),
          missedMax: fc.integer({ min: 0, max: 2 }),
        }),
      );
    fc.assert(
      fc.property(arb, ({ all, other, now, missedMax }) => {
        expect(judge(other, now, { missedMax })).toEqual(judge(all, now, { missedMax }));
      }),
      { numRuns: 500 },
    );
  });
});
