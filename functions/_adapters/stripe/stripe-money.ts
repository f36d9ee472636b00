import { currencyDigits, fromMinor, isExactMinor, toMinor } from '#shared/kernel/currency.ts';

/** Currencies whose amounts Stripe takes as whole units, whatever ISO 4217 says (docs.stripe.com/currencies, "Zero-decimal currencies"). */
const wholeUnits = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
/** Without decimals, but sent to Stripe in hundredths that are always 00 (same page, "Special cases"). */
const hundredthsOfWhole = ['ISK', 'UGX'];
/** Three decimals of which the last is always 0 (same page, "Three-decimal currencies"). */
const threeDecimals = ['BHD', 'JOD', 'KWD', 'OMR', 'TND'];
/** Currencies of other decimals, which Stripe does not take. */
const notTaken = ['CLF', 'IQD', 'LYD', 'UYI', 'UYW'];

/** Digits of Stripe's smallest unit of a currency; null when Stripe does not take it. */
function stripeDigits(currency: string): number | null {
  if (currencyDigits(currency) === null || notTaken.includes(currency)) return null;
  if (wholeUnits.includes(currency)) return 0;
  return threeDecimals.includes(currency) ? 3 : 2;
}

/** What must divide an amount in Stripe's smallest unit. */
function stepOf(currency: string): number {
  if (hundredthsOfWhole.includes(currency)) return 100;
  return threeDecimals.includes(currency) ? 10 : 1;
}

/**
 * An amount in major units as Stripe takes it: 12.50 USD is 1250, 500 JPY is 500, 5 ISK is 500. Null when it cannot be
 * charged exactly: an amount is never rounded, since what is paid has to be what was owed.
 */
export function toStripeAmount(amount: number, currency: string): number | null {
  const digits = stripeDigits(currency);
  if (digits === null || amount <= 0 || !isExactMinor(amount, digits)) return null;
  const minor = toMinor(amount, digits);
  return minor % stepOf(currency) === 0 ? minor : null;
}

/** An amount as Stripe tells it, in major units; null in a currency that it cannot be about. */
export function fromStripeAmount(minor: number, currency: string): number | null {
  const digits = stripeDigits(currency);
  return digits === null ? null : fromMinor(minor, digits);
}
