import { beforeEach, describe, expect, it } from 'vitest';
import type { Payment } from '#shared/contracts/account.ts';
import type { Reversal } from '#shared/contracts/reversal.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { reversePayment } from '#shared/usecases/reverse-payment.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { permutations } from '#test/builders/permutations.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { payment } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const clock = createFakeClock(at('2026-03-12T08:00:00Z'));
let parts: ReturnType<typeof newParts>;
let store: DebtorStore;
let parked: ParkedPayments;

function newParts() {
  return paymentParts({ store: createFakeDebtorStore({ shards: 1 }), clock });
}

beforeEach(async () => {
  parts = newParts();
  ({ store, parked } = parts);
  await feed();
});

const feed = (debtorId = 'P1', accountId = 'A1') => {
  const known = account({ debtorId, accountId, balance: 150 });
  return store.saveFeeds([{ debtorId, debtor: debtor({ debtorId }), accounts: [known], stops: false }]);
};

function reversal(changes: Partial<Reversal> = {}): Reversal {
  const facts = { reversalId: 'r1', paymentId: 'pay-1', debtorId: 'P1', accountId: 'A1' };
  const money = { amount: 30, currency: 'CNY', source: 'creditor', counts: 'once' } as const;
  return { ...facts, ...money, at: clock.now(), why: 'refund', ...changes };
}

const pay = (changes: Partial<Payment> = {}) => recordPayment({ ...payment(), ...changes }, parts);
const reverse = (changes: Partial<Reversal> = {}) => reversePayment(reversal(changes), parts);
const standing = async () => {
  const person = await store.load('P1');
  return { pastDue: person?.accounts[0]?.pastDue, balance: person?.accounts[0]?.balance };
};

describe('reversePayment', () => {
  it('opens the account again by what was taken back, in one write that stops what rests on older facts', async () => {
    await pay();
    const before = (await store.load('P1'))!.version;
    expect(await reverse()).toEqual({ kind: 'recorded', pastDue: 30, reopened: true });
    expect(await store.load('P1')).toMatchObject({
      version: before + 1,
      accounts: [{ pastDue: 30, balance: 80, agedSince: clock.now() }],
      payments: [{ reversals: [{ reversalId: 'r1', amount: 30, why: 'refund' }] }],
    });
  });

  it('changes nothing when the same reversal is told again', async () => {
    await pay();
    await reverse();
    const before = await store.load('P1');
    expect(await reverse()).toEqual({ kind: 'repeated' });
    expect(await store.load('P1')).toEqual(before);
  });

  it.each<[string, Partial<Reversal>, string]>([
    ['another currency', { currency: 'USD' }, 'wrong_currency'],
    ['a fraction of a fen', { amount: 0.001 }, 'too_many_decimals'],
    ['more than was paid', { amount: 101 }, 'more_than_paid'],
  ])('refuses %s and changes nothing', async (_, changes, reason) => {
    await pay();
    const before = await store.load('P1');
    expect(await reverse(changes)).toMatchObject({ kind: 'refused', reason });
    expect(await store.load('P1')).toEqual(before);
    expect(await parked.waiting(10)).toEqual([]);
  });

  it('parks what a provider has taken back and that cannot be booked', async () => {
    await pay();
    const outcome = await reverse({ currency: 'USD', source: 'provider_page' });
    expect(outcome).toEqual({ kind: 'parked', reason: 'wrong_currency' });
    expect(await parked.waiting(10)).toMatchObject([{ reversal: { reversalId: 'r1' } }]);
  });

  it('refuses a reversal id that stands for another amount', async () => {
    await pay();
    await reverse();
    expect(await reverse({ amount: 31 })).toMatchObject({ kind: 'refused', reason: 'reversal_id_reused' });
  });

  it('counts a total that grows by what is more, and never what is given again', async () => {
    await pay();
    await reverse({ counts: 'total' });
    expect(await reverse({ counts: 'total', amount: 50 })).toMatchObject({ pastDue: 50 });
    expect(await reverse({ counts: 'total', amount: 40 })).toEqual({ kind: 'repeated' });
    expect(await reverse({ counts: 'reinstated' })).toMatchObject({ pastDue: 0 });
    expect(await reverse({ counts: 'total', amount: 60 })).toEqual({ kind: 'repeated' });
  });

  it.each(permutations([0, 1, 2, 3]))('comes to the same when told in the order %s', async (...order) => {
    const tell = [
      () => pay(),
      () => reverse({ amount: 20 }),
      () => reverse({ reversalId: 'du', amount: 100 }),
      () => reverse({ reversalId: 'du', amount: 100, counts: 'reinstated' }),
    ];
    for (const index of order) await tell[index]!();
    expect(await standing()).toEqual({ pastDue: 20, balance: 70 });
    expect(await parked.waiting(10)).toEqual([]);
  });

  it('comes to the same when everything is told at once', async () => {
    await Promise.all([pay(), reverse(), reverse({ reversalId: 'r2', amount: 25 }), pay(), reverse()]);
    expect(await standing()).toEqual({ pastDue: 55, balance: 105 });
    expect(await parked.waiting(10)).toEqual([]);
  });

  it('closes the case of an over-payment that was taken back', async () => {
    await pay({ amount: 200 });
    expect(await store.load('P1')).toMatchObject({
      cases: [{ reason: 'overpaid', queue: 'human', state: 'open' }],
      payments: [{ overpaid: 50 }],
    });
    await reverse({ amount: 60 });
    expect(await store.load('P1')).toMatchObject({
      cases: [{ state: 'closed' }],
      accounts: [{ balance: 10 }],
    });
  });
});

describe('a payment on an account that nobody knows', () => {
  const assign = (accountId: string, debtorId: string) =>
    parked.settle('pay-9', { at: clock.now(), by: 'ana', how: 'assigned', accountId, debtorId });

  it('is booked by itself when it is told again after the account has come', async () => {
    await pay({ paymentId: 'pay-9', debtorId: 'P9', accountId: 'A9' });
    await feed('P9', 'A9');
    const told = await pay({ paymentId: 'pay-9', debtorId: 'P9', accountId: 'A9' });
    expect(told).toMatchObject({ kind: 'recorded', cured: true });
    expect(await parked.waiting(10)).toEqual([]);
  });

  it('is not booked a second time when a person has booked it elsewhere', async () => {
    await pay({ paymentId: 'pay-9', debtorId: 'P9', accountId: 'A9' });
    await assign('A1', 'P1');
    await pay({ paymentId: 'pay-9' });
    await feed('P9', 'A9');
    expect(await pay({ paymentId: 'pay-9', debtorId: 'P9', accountId: 'A9' })).toEqual({ kind: 'repeated' });
    expect((await store.load('P9'))?.payments).toEqual([]);
  });

  it('is found by its reversal where a person has booked it', async () => {
    await pay({ paymentId: 'pay-9', debtorId: 'P9', accountId: 'A9' });
    await assign('A1', 'P1');
    await pay({ paymentId: 'pay-9' });
    expect(await reverse({ paymentId: 'pay-9', debtorId: 'P9', amount: 10 })).toMatchObject({ pastDue: 10 });
  });
});
