import { describe, expect, it } from 'vitest';
import { currencyDigits, fromMinor, isExactMinor, toMinor } from '#shared/kernel/currency.ts';

describe('currencyDigits', () => {
  it.each([
    ['JPY', 0],
    ['CLP', 0],
    ['USD', 2],
    ['TWD', 2],
    ['KWD', 3],
    ['CLF', 4],
    ['DEM', null],
    ['usd', null],
    ['', null],
  ])('%s has %s decimals', (currency, digits) => {
    expect(currencyDigits(currency)).toBe(digits);
  });

  it('knows every currency that an institution of the sample uses', () => {
    for (const currency of ['CNY', 'EUR', 'GBP', 'MXN', 'BRL', 'INR', 'AUD', 'HKD', 'CAD']) {
      expect(currencyDigits(currency)).toBe(2);
    }
  });
});

describe('minor units', () => {
  it('turns what floating point cannot add into whole numbers', () => {
    expect(fromMinor(toMinor(0.1, 2) + toMinor(0.2, 2), 2)).toBe(0.3);
    expect(toMinor(1.005, 3)).toBe(1005);
  });

  it.each([
    [12.34, 2, true],
    [12.345, 2, false],
    [12.345, 3, true],
    [12.5, 0, false],
    [9_007_199_254_740_990, 2, false],
  ])('%s with %s decimals is exact: %s', (amount, digits, exact) => {
    expect(isExactMinor(amount, digits)).toBe(exact);
  });
});
