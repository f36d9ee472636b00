import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { planSchedule } from '#shared/core/agreements/plan-schedule.ts';

const amounts = (plan: Partial<Parameters<typeof planSchedule>[0]>) =>
  planSchedule({
    total: 100,
    currency: 'USD',
    instalments: 3,
    firstDate: '2026-01-31',
    every: 'month',
    ...plan,
  });

it('makes instalments alike, the last takes what rounding leaves', () => {
  expect(amounts({}).map(({ amount }) => amount)).toEqual([33.33, 33.33, 33.34]);
});

it('lets the first one be chosen', () => {
  expect(amounts({ firstAmount: 50 }).map(({ amount }) => amount)).toEqual([50, 25, 25]);
});

it('counts months from the first date', () => {
  expect(amounts({}).map(({ dueDate }) => dueDate)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
});

it('adds up to the total in whole minor units, and every instalment is something', () => {
  const arb = fc.record({
    minor: fc.integer({ min: 60, max: 5_000_000 }),
    currency: fc.constantFrom('USD', 'JPY', 'KWD'),
    instalments: fc.integer({ min: 2, max: 60 }),
  });
  const digits = { USD: 100, JPY: 1, KWD: 1000 };
  fc.assert(
    fc.property(arb, ({ minor, currency, instalments }) => {
      const unit = digits[currency];
      const plan = amounts({ total: minor / unit, currency, instalments });
      const minors = plan.map(({ amount }) => Math.round(amount * unit));
      expect(minors.reduce((sum, one) => sum + one, 0)).toBe(minor);
      expect(Math.min(...minors)).toBeGreaterThanOrEqual(1);
    }),
  );
});
