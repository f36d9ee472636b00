import type { Payment } from '#shared/contracts/account.ts';
import { countedDigits, toMinor } from '#shared/kernel/currency.ts';

/**
 * What counts of a payment in minor units: its amount less what was taken back. More may be told to have been taken back
 * than was paid (a refund and a dispute of the same money); less than nothing never counts.
 */
export function keptMinor({
  amount,
  currency,
  reversals = [],
}: Pick<Payment, 'amount' | 'currency' | 'reversals'>): number {
  const digits = countedDigits(currency);
  const reversed = reversals.reduce((sum, one) => sum + toMinor(one.amount, digits), 0);
  return Math.max(0, toMinor(amount, digits) - reversed);
}
