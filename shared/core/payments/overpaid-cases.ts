import type { Account, Payment } from '#shared/contracts/account.ts';
import type { Case } from '#shared/contracts/ledger.ts';
import { caseIdOf } from '#shared/core/identity/case-id.ts';
import type { Instant } from '#shared/kernel/instant.ts';

interface CaseSetting {
  readonly account: Account;
  /** Cases of the person as stored. */
  readonly cases: readonly Case[];
  readonly queue: string;
  readonly now: Instant;
}

/** The id of the case about one over-payment: telling the payment again opens no second one. */
export function overpaidCaseId({ debtorId, accountId, paymentId }: Payment): string {
  return caseIdOf({ debtorId, accountId, dueDate: paymentId, reason: 'overpaid' });
}

/**
 * The cases that follow from what payments are now: one is opened for each that came to more than was owed, since the rest
 * is the person's money; and closed again where that is over because money was taken back.
 */
export function overpaidCases(
  payments: readonly Payment[],
  { account, cases, queue, now }: CaseSetting,
): Case[] {
  return payments.flatMap((payment): Case[] => {
    const { overpaid = 0 } = payment;
    const caseId = overpaidCaseId(payment);
    const known = cases.find((one) => one.caseId === caseId);
    if (overpaid === 0) return known?.state === 'open' ? [{ ...known, state: 'closed' }] : [];
    if (known?.state === 'open') return [];
    const because = [`payment ${payment.paymentId}: ${overpaid} ${payment.currency} more than was owed`];
    const facts = { caseId, debtorId: payment.debtorId, accountId: payment.accountId, queue, because };
    const standing = { priority: 0, openedAt: now, dueDate: account.dueDate, state: 'open' } as const;
    return [{ ...facts, reason: 'overpaid', ...standing }];
  });
}
