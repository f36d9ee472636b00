import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import { inferInstalments } from '#shared/core/ageing/instalments.ts';
import { payOldestFirst } from '#shared/core/ageing/pay-oldest-first.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { currencyDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import { account } from '#test/builders/person.ts';

const today = '2026-03-20';

const overdue = fc
  .record({
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
    pastDueMinor: fc.integer({ min: 1, max: 10_000_000 }),
    minimumMinor: fc.integer({ min: 0, max: 500_000 }),
    othersMinor: fc.integer({ min: 0, max: 10_000_000 }),
    days: fc.integer({ min: 0, max: 900 }),
  })
  .map(({ currency, pastDueMinor, minimumMinor, othersMinor, days }): Account => {
    const digits = currencyDigits(currency) ?? 2;
    const figures = {
      currency,
      pastDue: fromMinor(pastDueMinor, digits),
      minimumDue: fromMinor(minimumMinor, digits),
      dueDate: addDays(today, -days),
    };
    const balance = fromMinor(pastDueMinor + othersMinor, digits);
    return account({ ...figures, balance, instalments: inferInstalments(figures, today) });
  });

const amountsMinor = fc.array(fc.integer({ min: 1, max: 4_000_000 }), { maxLength: 8 });

function digitsOf({ currency }: Account): number {
  return currencyDigits(currency) ?? 2;
}

function sumMinor(one: Account): number {
  return one.instalments.reduce((sum, instalment) => sum + toMinor(instalment.amount, digitsOf(one)), 0);
}

function payAll(start: Account, amounts: readonly number[]): Account {
  return amounts.reduce((one, minor) => payOldestFirst(one, minor).account, start);
}

it('instalments always add up to what is past due, oldest first, none empty', () => {
  fc.assert(
    fc.property(overdue, (start) => {
      expect(sumMinor(start)).toBe(toMinor(start.pastDue, digitsOf(start)));
      expect(start.instalments[0]?.dueDate).toBe(start.dueDate);
      expect(start.instalments.every((one) => one.amount > 0 && one.dueDate <= today)).toBe(true);
      const dates = start.instalments.map((one) => one.dueDate);
      expect(dates).toEqual([...new Set(dates)].sort());
    }),
  );
});

it('after any payments the instalments still add up, nothing is below zero, and the due date is the oldest unpaid one', () => {
  fc.assert(
    fc.property(overdue, amountsMinor, (start, amounts) => {
      const end = payAll(start, amounts);
      const paid = amounts.reduce((sum, minor) => sum + minor, 0);
      const digits = digitsOf(start);
      expect(sumMinor(end)).toBe(toMinor(end.pastDue, digits));
      expect(toMinor(end.pastDue, digits)).toBe(Math.max(0, toMinor(start.pastDue, digits) - paid));
      expect(toMinor(end.balance, digits)).toBe(Math.max(0, toMinor(start.balance, digits) - paid));
      expect(end.dueDate).toBe((end.instalments[0] ?? start.instalments.at(-1))?.dueDate);
      expect(end.dueDate >= start.dueDate).toBe(true);
    }),
  );
});

it('the order of payments does not matter', () => {
  const shuffled = amountsMinor.chain((amounts) =>
    fc.tuple(
      fc.constant(amounts),
      fc.shuffledSubarray(amounts, { minLength: amounts.length, maxLength: amounts.length }),
    ),
  );
  fc.assert(
    fc.property(overdue, shuffled, (start, [amounts, others]) => {
      expect(payAll(start, others)).toEqual(payAll(start, amounts));
    }),
  );
});
