import { expect, it } from 'vitest';
import { fromStripeAmount, toStripeAmount } from '#functions/_adapters/stripe/stripe-money.ts';

it.each([
  [12.5, 'USD', 1_250],
  [0.1, 'EUR', 10],
  [500, 'JPY', 500],
  [5, 'ISK', 500],
  [5, 'UGX', 500],
  [7, 'MGA', 7],
  [1.23, 'KWD', 1_230],
  [800.45, 'TWD', 80_045],
  [10.45, 'HUF', 1_045],
])('%d %s is %d for Stripe, and back', (amount, currency, minor) => {
  expect(toStripeAmount(amount, currency)).toBe(minor);
  expect(fromStripeAmount(minor, currency)).toBe(amount);
});

it.each([
  ['a fraction of a cent', 12.505, 'USD'],
  ['half a yen', 0.5, 'JPY'],
  ['half a króna', 0.5, 'ISK'],
  ['the third decimal of a dinar', 1.234, 'KWD'],
  ['a currency that Stripe does not take', 1, 'LYD'],
  ['a unit of account', 1, 'CLF'],
  ['no currency at all', 1, 'ZZZ'],
])('%s cannot be charged exactly', (_, amount, currency) => {
  expect(toStripeAmount(amount, currency)).toBeNull();
});
