import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import { applyPayment } from '#shared/core/payments/apply-payment.ts';
import { daysPastDue } from '#shared/core/ageing/days-past-due.ts';
import { account, at } from '#test/builders/person.ts';
import { payment } from '#test/builders/stored.ts';

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

/** The account after a payment of this amount, in its own currency. */
function pay(one: Account, amount: number): Account {
  return applyPayment(one, { ...payment(), amount, currency: one.currency }, paidAt).account;
}

describe('applyPayment', () => {
  it('lowers the oldest instalment first and leaves the age when it is not paid in full', () => {
    const paid = pay(threeOpen, 49.99);
    expect(paid.instalments[0]).toEqual({ dueDate: '2026-01-15', amount: 0.01 });
    expect([paid.pastDue, paid.balance, paid.dueDate, paid.agedSince]).toEqual([
      200.01,
      950.01,
      '2026-01-15',
      undefined,
    ]);
  });

  it('makes the account younger when the oldest instalment is paid', () => {
    const paid = pay(threeOpen, 120);
    expect(paid.instalments).toEqual([
      { dueDate: '2026-02-15', amount: 30 },
      { dueDate: '2026-03-15', amount: 100 },
    ]);
    expect([paid.pastDue, paid.dueDate, paid.agedSince]).toEqual([130, '2026-02-15', paidAt]);
    expect(daysPastDue(paid, '2026-03-20')).toBe(33);
  });

  it('cures the account when everything that is past due is paid', () => {
    const paid = pay(threeOpen, 250);
    expect([paid.pastDue, paid.balance, paid.instalments, paid.dueDate]).toEqual([0, 750, [], '2026-03-15']);
  });

  it('takes what is paid beyond it from the balance only, and never below zero', () => {
    const paid = pay(threeOpen, 5_000);
    expect([paid.pastDue, paid.balance]).toEqual([0, 0]);
  });

  it('lowers only the balance of an account in good standing', () => {
    const good = account({ pastDue: 0, balance: 300, dueDate: '2026-04-01' });
    const paid = pay(good, 100);
    expect(paid).toEqual({ ...good, balance: 200 });
  });

  it('keeps yen whole', () => {
    const yen = account({ currency: 'JPY', pastDue: 12_000, balance: 90_000 });
    expect(pay(yen, 5_000).pastDue).toBe(7_000);
  });
});
