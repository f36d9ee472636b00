import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { daysBetween } from '#shared/core/time/local-time.ts';

/**
 * Days since the due date of the account's oldest unpaid instalment: the age on which every step hangs. Negative is the
 * number of days before the next due date, 0 the due date itself. `today` is the date where the person lives.
 *
 * The number is about dates only: an account with `pastDue` 0 whose date has passed owes nothing, however large it is.
 */
export function daysPastDue(account: Pick<Account, 'dueDate'>, today: LocalDate): number {
  return daysBetween(account.dueDate, today);
}
