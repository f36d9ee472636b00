import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorityMax, type PrioritySettings } from '#shared/contracts/priority.ts';
import { priorityOf, type PriorityFacts } from '#shared/core/risk/priority-of.ts';

const settings: PrioritySettings = {
  recoveryUnknown: 0.5,
  daysMax: 90,
  amountMax: 10_000,
  units: { TWD: 30, JPY: 150 },
};

function facts(
  changes: Partial<PriorityFacts> & { pastDue?: number; currency?: string } = {},
): PriorityFacts {
  const { pastDue = 100, currency = 'USD', ...others } = changes;
  return { account: { pastDue, currency }, daysPastDue: 10, recovery: 0.4, ...others };
}

describe('priorityOf', () => {
  it.each<[string, PriorityFacts, number]>([
    ['recovery × days × amount', facts(), 400],
    [
      'a foreign amount in units',
      facts({ pastDue: 600, currency: 'TWD', daysPastDue: 40, recovery: 0.3 }),
      240,
    ],
    ['an unknown recovery', facts({ recovery: null }), 500],
    ['age up to a limit', facts({ daysPastDue: 4_000 }), 3_600],
    ['the first day, and any before it', facts({ daysPastDue: -3 }), 40],
    ['an amount up to a limit', facts({ pastDue: 1e12 }), 40_000],
    ['nothing past due', facts({ pastDue: 0 }), 0],
  ])('%s', (_name, given, priority) => expect(priorityOf(given, settings)).toBe(priority));

  it('is a whole number of at most nine digits, whatever comes', () => {
    const given = fc.record({
      daysPastDue: fc.integer({ min: -10_000, max: 100_000 }),
      recovery: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      account: fc.record({
        pastDue: fc.double({ min: 0, max: 1e15, noNaN: true }),
        currency: fc.constantFrom('USD', 'TWD', 'JPY'),
      }),
    });
    const wide = { ...settings, daysMax: 3_650, amountMax: 1e9 };
    fc.assert(
      fc.property(given, (one) => {
        const priority = priorityOf(one, wide);
        expect(Number.isSafeInteger(priority)).toBe(true);
        expect(priority).toBeGreaterThanOrEqual(0);
        expect(priority).toBeLessThanOrEqual(priorityMax);
      }),
    );
  });

  it('rises with each of the three', () => {
    expect(priorityOf(facts({ recovery: 0.5 }), settings)).toBeGreaterThan(priorityOf(facts(), settings));
    expect(priorityOf(facts({ daysPastDue: 11 }), settings)).toBeGreaterThan(priorityOf(facts(), settings));
    expect(priorityOf(facts({ pastDue: 101 }), settings)).toBeGreaterThan(priorityOf(facts(), settings));
  });
});
