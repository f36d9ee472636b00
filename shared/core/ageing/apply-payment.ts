import type { Account, Instalment, Payment } from '#shared/contracts/account.ts';
import { currencyDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/**
 * The account after a payment. Money pays the oldest instalment first; the due date moves to the oldest one that is
 * still unpaid, so the account is younger from then on (`agedSince`). When nothing is past due any more the account is
 * cured; what is paid beyond that lowers the balance only. The result does not depend on the order of several payments,
 * and nothing ever goes below zero.
 *
 * A cured account keeps the due date of its last instalment: the next one is for the creditor's feed to tell, and a
 * reminder for a date that nobody has told would be a guess.
 *
 * @param at when the payment became known here; not when it was booked, which may be days ago.
 */
export function applyPayment(account: Account, payment: Pick<Payment, 'amount'>, at: Instant): Account {
  const digits = currencyDigits(account.currency) ?? 2;
  const paidMinor = toMinor(payment.amount, digits);
  const instalments = payOldestFirst(account.instalments, paidMinor, digits);
  const pastDueMinor = instalments.reduce((sum, open) => sum + toMinor(open.amount, digits), 0);
  const dueDate = (instalments[0] ?? account.instalments.at(-1))?.dueDate ?? account.dueDate;
  const paid: Account = {
    ...account,
    balance: fromMinor(Math.max(0, toMinor(account.balance, digits) - paidMinor), digits),
    pastDue: fromMinor(pastDueMinor, digits),
    dueDate,
    instalments,
  };
  return dueDate > account.dueDate ? { ...paid, agedSince: at } : paid;
}

function payOldestFirst(open: readonly Instalment[], paidMinor: number, digits: number): Instalment[] {
  const unpaid: Instalment[] = [];
  let leftMinor = paidMinor;
  for (const instalment of open) {
    const amountMinor = toMinor(instalment.amount, digits);
    const usedMinor = Math.min(leftMinor, amountMinor);
    leftMinor -= usedMinor;
    if (usedMinor < amountMinor) {
      unpaid.push({ dueDate: instalment.dueDate, amount: fromMinor(amountMinor - usedMinor, digits) });
    }
  }
  return unpaid;
}
