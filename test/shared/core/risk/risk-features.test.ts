import { describe, expect, it } from 'vitest';
import { riskFeatures } from '#shared/core/risk/risk-features.ts';
import { account } from '#test/builders/person.ts';

const today = '2026-03-20';

function featuresOf(attributes: Record<string, string>, balance = 1_000) {
  return riskFeatures(account({ attributes, balance }), today);
}

describe('riskFeatures', () => {
  it.each<[dueDate: string, today: string, monthsLate: number]>([
    ['2026-03-20', '2026-03-20', 1],
    ['2026-03-01', '2026-03-20', 1],
    ['2026-02-21', '2026-03-20', 1],
    ['2026-02-20', '2026-03-20', 2],
    ['2025-12-31', '2026-02-27', 2],
    ['2025-12-31', '2026-02-28', 3],
    ['2025-12-01', '2026-03-20', 4],
    ['2020-01-01', '2026-03-20', 6],
    ['2026-04-05', '2026-03-20', 1],
  ])('due %s counts on %s as %d months late', (dueDate, on, monthsLate) => {
    expect(riskFeatures(account({ dueDate }), on).monthsLate).toBe(monthsLate);
  });

  it('takes the columns of the feed, bounded', () => {
    expect(featuresOf({ x_credit_limit: '4000', x_times_late_3: '2', x_paid_last_month: '50.5' })).toEqual({
      monthsLate: 1,
      creditUse: 0.25,
      timesLate: 2,
      paidLastMonth: 1,
    });
    expect(featuresOf({ x_credit_limit: '100', x_times_late_3: '9', x_paid_last_month: '0' })).toMatchObject({
      creditUse: 1.2,
      timesLate: 3,
      paidLastMonth: 0,
    });
  });

  it.each(['', ' ', 'many', '-1', '1e999', 'NaN', '4,000'])('takes "%s" in a column for unknown', (text) => {
    const told = featuresOf({ x_credit_limit: text, x_times_late_3: text, x_paid_last_month: text });
    expect(told).toMatchObject({ creditUse: null, timesLate: null, paidLastMonth: null });
  });

  it('knows no share of a limit of nothing', () => {
    expect(featuresOf({ x_credit_limit: '0' }).creditUse).toBeNull();
  });

  it('is the same in every currency', () => {
    const inYen = account({ currency: 'JPY', balance: 150_000, attributes: { x_credit_limit: '600000' } });
    const inDollars = account({ currency: 'USD', balance: 1_000, attributes: { x_credit_limit: '4000' } });
    expect(riskFeatures(inYen, today)).toEqual(riskFeatures(inDollars, today));
  });
});
