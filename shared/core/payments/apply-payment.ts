import type { Account, Payment } from '#shared/contracts/account.ts';
import { payOldestFirst } from '#shared/core/ageing/pay-oldest-first.ts';
import { countedDigits, fromMinor } from '#shared/kernel/currency.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { keptMinor } from './kept-minor.ts';

/** An account and a payment on it as they are to be kept. */
export interface Applied {
  readonly account: Account;
  readonly payment: Payment;
}

/**
 * The account after a payment, oldest instalment first; where its due date moves it is younger from then on (`agedSince`).
 * The payment notes what it lowered under which feed row, so that it can be taken back, and what was more than was owed.
 *
 * @param at when the payment became known here; not when it was booked, which may be days ago.
 */
export function applyPayment(account: Account, payment: Payment, at: Instant): Applied {
  const { account: paid, ...took } = payOldestFirst(account, keptMinor(payment));
  return {
    account: paid.dueDate > account.dueDate ? { ...paid, agedSince: at } : paid,
    payment: noteTaken(payment, paid, took),
  };
}

/** The payment with what it took, in place of what it was noted to have taken before. */
export function noteTaken(
  { applied: _applied, overpaid: _overpaid, ...payment }: Payment,
  { feedHash, currency }: Account,
  { taken, overMinor }: Pick<ReturnType<typeof payOldestFirst>, 'taken' | 'overMinor'>,
): Payment {
  const overpaid = fromMinor(overMinor, countedDigits(currency));
  return { ...payment, applied: { feedHash, ...taken }, ...(overpaid > 0 && { overpaid }) };
}
