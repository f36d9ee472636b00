import { beforeEach, describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { PaymentParts } from '#shared/usecases/payment-parts.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const clock = createFakeClock(at('2026-03-10T08:00:00Z'));
let store: DebtorStore;
let parts: PaymentParts;

beforeEach(async () => {
  store = createFakeDebtorStore({ shards: 4 });
  parts = paymentParts({ store, clock });
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

const record = (told = payment()) => recordPayment(told, parts);

describe('recordPayment', () => {
  it('keeps the payment and lowers the account in one write that stops what rests on older facts', async () => {
    const outcome = await record();
    expect(outcome).toEqual({ kind: 'recorded', pastDue: 60, cured: false, overpaid: 0 });
    expect(await store.load('P1')).toMatchObject({
      version: 1,
      accounts: [{ pastDue: 60, balance: 960 }],
      payments: [{ paymentId: 'X1', amount: 40 }],
    });
  });

  it('cures the account with the rest', async () => {
    expect(await record(payment({ amount: 100 }))).toMatchObject({
      pastDue: 0,
      cured: true,
    });
  });

  it('changes nothing when the same payment is told again', async () => {
    await record();
    const before = await store.load('P1');
    expect(await record()).toEqual({ kind: 'repeated' });
    expect(await store.load('P1')).toEqual(before);
  });

  it.each<[string, Partial<Payment>, string]>([
    ['another currency', { currency: 'USD' }, 'wrong_currency'],
    ['a fraction of a fen', { amount: 0.001 }, 'too_many_decimals'],
  ])('refuses a payment on %s and changes nothing', async (_name, changes, reason) => {
    const before = await store.load('P1');
    expect(await record(payment(changes))).toMatchObject({
      kind: 'refused',
      reason,
    });
    expect(await store.load('P1')).toEqual(before);
  });

  it('refuses an id that another payment has', async () => {
    await record();
    const other = await record(payment({ amount: 41 }));
    expect(other).toMatchObject({ kind: 'refused', reason: 'payment_id_reused' });
  });

  it('counts each of many payments told at once', async () => {
    const ids = ['X1', 'X2', 'X3', 'X4', 'X5'];
    const outcomes = await Promise.all(ids.map((paymentId) => record(payment({ paymentId, amount: 7 }))));
    expect(outcomes.every((outcome) => outcome.kind === 'recorded')).toBe(true);
    expect(await store.load('P1')).toMatchObject({ accounts: [{ pastDue: 65 }], payments: { length: 5 } });
  });

  it('counts the same payment told several times at once only once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => record()));
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
      change: () => {
        tries += 1;
        return Promise.resolve('conflict' as const);
      },
    };
    expect(await recordPayment(payment(), paymentParts({ store: contended, clock }))).toEqual({
      kind: 'busy',
    });
    expect(tries).toBe(8);
  });
});
