import type { Account, Instalment } from '#shared/contracts/account.ts';
import { countedDigits, fromMinor, toMinor } from '#shared/kernel/currency.ts';

/** An account after money came in, and what of the money lowered what. */
export interface PaidInto {
  readonly account: Account;
  readonly taken: { readonly instalments: Instalment[]; readonly balance: number };
  /** What was more than the balance. */
  readonly overMinor: number;
}

/**
 * Money pays the oldest instalment first; the due date moves to the oldest one that is still unpaid. What is paid beyond
 * the instalments lowers the balance only. The result does not depend on how the money was divided into payments, and
 * nothing ever goes below zero.
 *
 * A cured account keeps the due date of its last instalment: the next one is for the creditor's feed to tell, and a
 * reminder for a date that nobody has told would be a guess.
 */
export function payOldestFirst(account: Account, paidMinor: number): PaidInto {
  const digits = countedDigits(account.currency);
  const balanceMinor = toMinor(account.balance, digits);
  const fromBalanceMinor = Math.min(balanceMinor, paidMinor);
  const { unpaid, instalments } = divide(account.instalments, paidMinor, digits);
  const pastDueMinor = unpaid.reduce((sum, open) => sum + toMinor(open.amount, digits), 0);
  const paid: Account = {
    ...account,
    balance: fromMinor(balanceMinor - fromBalanceMinor, digits),
    pastDue: fromMinor(pastDueMinor, digits),
    dueDate: (unpaid[0] ?? account.instalments.at(-1))?.dueDate ?? account.dueDate,
    instalments: unpaid,
  };
  return {
    account: paid,
    taken: { instalments, balance: fromMinor(fromBalanceMinor, digits) },
    overMinor: paidMinor - fromBalanceMinor,
  };
}

function divide(open: readonly Instalment[], paidMinor: number, digits: number) {
  const unpaid: Instalment[] = [];
  const instalments: Instalment[] = [];
  let leftMinor = paidMinor;
  for (const { dueDate, amount } of open) {
    const amountMinor = toMinor(amount, digits);
    const usedMinor = Math.min(leftMinor, amountMinor);
    leftMinor -= usedMinor;
    if (usedMinor > 0) instalments.push({ dueDate, amount: fromMinor(usedMinor, digits) });
    if (usedMinor < amountMinor) unpaid.push({ dueDate, amount: fromMinor(amountMinor - usedMinor, digits) });
  }
  return { unpaid, instalments };
}
