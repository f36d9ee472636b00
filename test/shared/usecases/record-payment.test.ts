import { beforeEach, describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const clock = createFakeClock(at('2026-03-10T08:00:00Z'));
let store: DebtorStore;

beforeEach(async () => {
  store = createFakeDebtorStore({ shards: 4 });
  await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts: [account()], stops: false }]);
});

function payment(changes: Partial<Payment> = {}): Payment {
  const bookedAt = at('2026-03-09T10:00:00Z');
  return {
    paymentId: 'X1',
    debtorId: 'P1',
    accountId: 'A1',
    amount: 40,
    currency: 'CNY',
    bookedAt,
    ...changes,
  };
}

describe('recordPayment', () => {
  it('keeps the payment and lowers the account in one write that stops what rests on older facts', async () => {
    const outcome = await recordPayment(payment(), { store, clock });
    expect(outcome).toEqual({ kind: 'recorded', pastDue: 60, cured: false });
    expect(await store.load('P1')).toMatchObject({
      version: 1,
      accounts: [{ pastDue: 60, balance: 960 }],
      payments: [{ paymentId: 'X1', amount: 40 }],
    });
  });

  it('cures the account with the rest', async () => {
    expect(await recordPayment(payment({ amount: 100 }), { store, clock })).toMatchObject({
      pastDue: 0,
      cured: true,
    });
  });

  it('changes nothing when the same payment is told again', async () => {
    await recordPayment(payment(), { store, clock });
    const before = await store.load('P1');
    expect(await recordPayment(payment(), { store, clock })).toEqual({ kind: 'repeated' });
    expect(await store.load('P1')).toEqual(before);
  });

  it.each<[string, Partial<Payment>, string]>([
    ['an account that the person does not have', { accountId: 'A9' }, 'unknown_account'],
    ['a person nobody knows', { debtorId: 'P9' }, 'unknown_account'],
    ['another currency', { currency: 'USD' }, 'wrong_currency'],
    ['a fraction of a fen', { amount: 0.001 }, 'too_many_decimals'],
  ])('refuses a payment on %s and changes nothing', async (_name, changes, reason) => {
    const before = await store.load('P1');
    expect(await recordPayment(payment(changes), { store, clock })).toMatchObject({
      kind: 'refused',
      reason,
    });
    expect(await store.load('P1')).toEqual(before);
  });

  it('refuses an id that another payment has', async () => {
    await recordPayment(payment(), { store, clock });
    const other = await recordPayment(payment({ amount: 41 }), { store, clock });
    expect(other).toMatchObject({ kind: 'refused', reason: 'payment_id_reused' });
  });

  it('counts each of many payments told at once', async () => {
    const ids = ['X1', 'X2', 'X3', 'X4', 'X5'];
    const outcomes = await Promise.all(
      ids.map((paymentId) => recordPayment(payment({ paymentId, amount: 7 }), { store, clock })),
    );
    expect(outcomes.every((outcome) => outcome.kind === 'recorded')).toBe(true);
    expect(await store.load('P1')).toMatchObject({ accounts: [{ pastDue: 65 }], payments: { length: 5 } });
  });

  it('counts the same payment told several times at once only once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => recordPayment(payment(), { store, clock })));
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual([
      'recorded',
      'repeated',
      'repeated',
      'repeated',
    ]);
    expect(await store.load('P1')).toMatchObject({ accounts: [{ pastDue: 60 }] });
  });

  it('gives up after a bounded number of conflicts', async () => {
    let tries = 0;
    const contended = {
      ...store,
      recordPayment: () => {
        tries += 1;
        return Promise.resolve('conflict' as const);
      },
    };
    expect(await recordPayment(payment(), { store: contended, clock })).toEqual({ kind: 'busy' });
    expect(tries).toBe(8);
  });
});
