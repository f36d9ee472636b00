import { describe, expect, it } from 'vitest';
import type { Account, Payment } from '#shared/contracts/account.ts';
import { applyPayment } from '#shared/core/payments/apply-payment.ts';
import { reapplyPayments } from '#shared/core/payments/reapply-payments.ts';
import { account, at } from '#test/builders/person.ts';
import { payment } from '#test/builders/stored.ts';

const paidAt = at('2026-03-10T10:00:00Z');
const reversedAt = at('2026-03-25T10:00:00Z');

function reverse(start: Account, amount: number, taken: number): { before: Account; after: Account } {
  const booked = applyPayment(start, { ...payment(), amount }, paidAt);
  const reversals = [{ reversalId: 'r1', amount: taken, at: reversedAt, why: 'refund' }];
  const changed: Payment = { ...booked.payment, reversals };
  const { account: after } = reapplyPayments(booked.account, [booked.payment], { changed, at: reversedAt });
  return { before: booked.account, after };
}

describe('an account after a reversal', () => {
  const two = account({
    pastDue: 200,
    dueDate: '2026-02-01',
    instalments: [
      { dueDate: '2026-02-01', amount: 100 },
      { dueDate: '2026-03-01', amount: 100 },
    ],
  });

  it('is as old as before the payment, and catches no steps up that were missed meanwhile', () => {
    const { before, after } = reverse(two, 150, 150);
    expect([before.dueDate, before.agedSince]).toEqual(['2026-03-01', paidAt]);
    expect(after).toEqual({ ...two, agedSince: reversedAt });
  });

  it('catches no steps up either when it was cured and its due date is the same', () => {
    const { before, after } = reverse(account(), 100, 40);
    expect(before).toMatchObject({ pastDue: 0, dueDate: '2026-03-01' });
    expect(after).toMatchObject({ pastDue: 40, dueDate: '2026-03-01', agedSince: reversedAt });
  });

  it('keeps its age when the due date does not move', () => {
    expect(reverse(two, 50, 20).after).not.toHaveProperty('agedSince');
  });

  it('takes the part back that was paid last', () => {
    expect(reverse(two, 150, 40).after.instalments).toEqual([{ dueDate: '2026-03-01', amount: 90 }]);
  });

  it('gets on its balance only what a payment of before it was noted had paid', () => {
    const changed = { ...payment(), reversals: [{ reversalId: 'r1', amount: 100, at: reversedAt, why: '' }] };
    const { account: after } = reapplyPayments(two, [payment()], { changed, at: reversedAt });
    expect(after).toEqual({ ...two, balance: 1_100 });
  });
});
