import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Account, Payment } from '#shared/contracts/account.ts';
import type { Reversal } from '#shared/contracts/reversal.ts';
import { payOldestFirst } from '#shared/core/ageing/pay-oldest-first.ts';
import { applyPayment } from '#shared/core/payments/apply-payment.ts';
import { keptMinor } from '#shared/core/payments/kept-minor.ts';
import { reapplyPayments } from '#shared/core/payments/reapply-payments.ts';
import { takeBack } from '#shared/core/payments/take-back.ts';
import { account, at } from '#test/builders/person.ts';
import { payment } from '#test/builders/stored.ts';

const now = at('2026-03-20T10:00:00Z');
const dates = ['2025-12-15', '2026-01-15', '2026-02-15', '2026-03-15'];

/** Amounts in whole yen, so that a sum is a sum. */
const yen = (max: number) => fc.integer({ min: 1, max });

const overdue = fc
  .record({ amounts: fc.array(yen(300), { maxLength: 4 }), notDue: fc.integer({ min: 0, max: 400 }) })
  .map(({ amounts, notDue }): Account => {
    const instalments = amounts.map((amount, index) => ({ dueDate: dates[index]!, amount }));
    const pastDue = amounts.reduce((sum, one) => sum + one, 0);
    const dueDate = instalments[0]?.dueDate ?? '2026-04-15';
    return account({ currency: 'JPY', instalments, pastDue, dueDate, balance: pastDue + notDue });
  });

const told = fc.array(
  fc.record({
    amount: yen(400),
    reversals: fc.array(
      fc.record({
        share: fc.double({ min: 0.01, max: 1, noNaN: true }),
        counts: fc.constantFrom<Reversal['counts'][]>('once', 'total', 'reinstated'),
        id: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 4 },
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

type Event =
  | { readonly kind: 'payment'; readonly payment: Payment }
  | { readonly kind: 'reversal'; readonly reversal: Reversal };

const life = fc.tuple(overdue, told).chain(([start, payments]) => {
  const events = payments.flatMap(({ amount, reversals }, index): Event[] => {
    const paymentId = `X${index}`;
    const one = { ...payment(paymentId), amount, currency: 'JPY', toldAt: now };
    return [{ kind: 'payment', payment: one }, ...reversals.map((drawn) => reversalOf(one, drawn))];
  });
  const anyOrder = fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length });
  return fc.tuple(fc.constant(start), anyOrder, anyOrder);
});

/** One id is always told in one way: `once` with one amount, or as a total that grows. */
function reversalOf(
  { paymentId, debtorId, amount }: Payment,
  { share, counts, id }: { share: number; counts: Reversal['counts']; id: number },
): Event {
  const isTotal = id > 0;
  const kind = counts === 'reinstated' ? counts : isTotal ? 'total' : 'once';
  const told = isTotal ? Math.max(1, Math.round(amount * share)) : Math.ceil(amount / 2);
  const facts = { reversalId: `r${id}`, paymentId, debtorId, amount: told, currency: 'JPY' };
  return { kind: 'reversal', reversal: { ...facts, at: now, why: '', source: 'creditor', counts: kind } };
}

interface State {
  readonly account: Account;
  readonly payments: readonly Payment[];
}

function put(payments: readonly Payment[], changed: readonly Payment[]): Payment[] {
  const others = payments.filter((one) => changed.every(({ paymentId }) => paymentId !== one.paymentId));
  return [...others, ...changed];
}

/** As the use cases do it: a reversal that comes before its payment waits for it. */
function live(start: Account, events: readonly Event[]): State {
  let state: State = { account: start, payments: [] };
  const waiting: Reversal[] = [];
  const reverse = (reversal: Reversal): void => {
    const known = state.payments.find(({ paymentId }) => paymentId === reversal.paymentId);
    if (known === undefined) return void waiting.push(reversal);
    const taken = takeBack(known, reversal);
    if (taken.kind !== 'changed') return;
    const after = reapplyPayments(state.account, state.payments, { changed: taken.payment, at: now });
    state = { account: after.account, payments: put(state.payments, after.payments) };
  };
  for (const event of events) {
    if (event.kind === 'reversal') reverse(event.reversal);
    else {
      const booked = applyPayment(state.account, event.payment, now);
      state = { account: booked.account, payments: put(state.payments, [booked.payment]) };
      for (const early of waiting.splice(0)) reverse(early);
    }
  }
  return state;
}

function withoutAge({ agedSince: _, ...rest }: Account): Omit<Account, 'agedSince'> {
  return rest;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

it('the same payments and reversals in any order lead to the same account, as if what was taken back had never come', () => {
  fc.assert(
    fc.property(life, ([start, order, otherOrder]) => {
      const one = live(start, order);
      const other = live(start, otherOrder);
      const never = payOldestFirst(start, sum(one.payments.map(keptMinor)));
      expect(withoutAge(one.account)).toEqual(withoutAge(never.account));
      expect(withoutAge(other.account)).toEqual(withoutAge(one.account));
    }),
    { numRuns: 300 },
  );
});

it('what the payments note to have lowered and the account add up to what the feed told, whatever was taken back', () => {
  fc.assert(
    fc.property(life, ([start, order]) => {
      const { account: end, payments } = live(start, order);
      const lowered = payments.map(({ applied }) => applied!);
      expect(end.balance + sum(lowered.map(({ balance }) => balance))).toBe(start.balance);
      const paid = lowered.flatMap(({ instalments }) => instalments.map(({ amount }) => amount));
      expect(end.pastDue + sum(paid)).toBe(start.pastDue);
      const over = sum(payments.map(({ overpaid = 0 }) => overpaid));
      expect(over).toBe(Math.max(0, sum(payments.map(keptMinor)) - start.balance));
      expect(end.balance).toBeGreaterThanOrEqual(0);
      expect(sum(end.instalments.map(({ amount }) => amount))).toBe(end.pastDue);
    }),
    { numRuns: 300 },
  );
});

it('a payment of an older feed row that is taken back adds to the present row what it had paid', () => {
  fc.assert(
    fc.property(life, overdue, ([start, order], later) => {
      const { payments } = live(start, order);
      const old = payments[0]!;
      const present = { ...later, feedHash: 'feed-2' };
      const taken = takeBack(old, { ...reversalFor(old), amount: old.amount, counts: 'once' });
      fc.pre(taken.kind === 'changed');
      const { account: after } = reapplyPayments(present, payments, { changed: taken.payment, at: now });
      expect(after.balance).toBe(present.balance + old.applied!.balance);
      expect(after.pastDue).toBe(present.pastDue + sum(old.applied!.instalments.map(({ amount }) => amount)));
    }),
  );
});

function reversalFor({ paymentId, debtorId, amount, currency }: Payment): Reversal {
  const facts = { reversalId: 'all', paymentId, debtorId, amount, currency };
  return { ...facts, at: now, why: '', source: 'creditor', counts: 'once' };
}
