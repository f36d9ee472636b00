import { countedDigits, isExactMinor } from '#shared/kernel/currency.ts';

/** Why money cannot be counted on an account: told in another currency, or in fractions that there are not. Null: it can. */
export function moneyRefusal(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  kept: string,
): { readonly reason: 'wrong_currency' | 'too_many_decimals'; readonly message: string } | null {
  if (currency !== kept) {
    const message = `currency: the account is kept in ${kept}, this is in ${currency}; tell it in ${kept}`;
    return { reason: 'wrong_currency', message };
  }
  const digits = countedDigits(currency);
  return isExactMinor(amount, digits)
    ? null
    : { reason: 'too_many_decimals', message: `amount: ${currency} has ${digits} decimals; round it` };
}
