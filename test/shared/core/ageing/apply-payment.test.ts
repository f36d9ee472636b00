import { describe, expect, it } from 'vitest';
import { applyPayment } from '#shared/core/ageing/apply-payment.ts';
import { daysPastDue } from '#shared/core/ageing/days-past-due.ts';
import { account, at } from '#test/builders/person.ts';

const paidAt = at('2026-03-20T10:00:00Z');
const threeOpen = account({
  currency: 'USD',
  balance: 1_000,
  pastDue: 250,
  dueDate: '2026-01-15',
  instalments: [
    { dueDate: '2026-01-15', amount: 50 },
    { dueDate: '2026-02-15', amount: 100 },
    { dueDate: '2026-03-15', amount: 100 },
  ],
});

describe('applyPayment', () => {
  it('lowers the oldest instalment first and leaves the age when it is not paid in full', () => {
    const paid = applyPayment(threeOpen, { amount: 49.99 }, paidAt);
    expect(paid.instalments[0]).toEqual({ dueDate: '2026-01-15', amount: 0.01 });
    expect([paid.pastDue, paid.balance, paid.dueDate, paid.agedSince]).toEqual([
      200.01,
      950.01,
      '2026-01-15',
      undefined,
    ]);
  });

  it('makes the account younger when the oldest instalment is paid', () => {
    const paid = applyPayment(threeOpen, { amount: 120 }, paidAt);
    expect(paid.instalments).toEqual([
      { dueDate: '2026-02-15', amount: 30 },
      { dueDate: '2026-03-15', amount: 100 },
    ]);
    expect([paid.pastDue, paid.dueDate, paid.agedSince]).toEqual([130, '2026-02-15', paidAt]);
    expect(daysPastDue(paid, '2026-03-20')).toBe(33);
  });

  it('cures the account when everything that is past due is paid', () => {
    const paid = applyPayment(threeOpen, { amount: 250 }, paidAt);
    expect([paid.pastDue, paid.balance, paid.instalments, paid.dueDate]).toEqual([0, 750, [], '2026-03-15']);
  });

  it('takes what is paid beyond it from the balance only, and never below zero', () => {
    const paid = applyPayment(threeOpen, { amount: 5_000 }, paidAt);
    expect([paid.pastDue, paid.balance]).toEqual([0, 0]);
  });

  it('lowers only the balance of an account in good standing', () => {
    const good = account({ pastDue: 0, balance: 300, dueDate: '2026-04-01' });
    const paid = applyPayment(good, { amount: 100 }, paidAt);
    expect(paid).toEqual({ ...good, balance: 200 });
  });

  it('keeps yen whole', () => {
    const yen = account({ currency: 'JPY', pastDue: 12_000, balance: 90_000 });
    expect(applyPayment(yen, { amount: 5_000 }, paidAt).pastDue).toBe(7_000);
  });
});
