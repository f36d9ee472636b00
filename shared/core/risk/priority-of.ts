import type { Account } from '#shared/contracts/account.ts';
import { priorityMax, type PrioritySettings } from '#shared/contracts/priority.ts';

/** What orders an account among those that people work on. */
export interface PriorityFacts {
  readonly account: Pick<Account, 'pastDue' | 'currency'>;
  readonly daysPastDue: number;
  /** Predicted probability that it cures; null when nobody can tell. */
  readonly recovery: number | null;
}

/**
 * The place of an account in a work list: predicted recovery × days past due × amount past due, in units of
 * config/priority.yaml, as a whole number; higher comes first. It orders who is worked on, and has no say in whether
 * anybody may be contacted.
 *
 * @example recovery 0.3, 40 days, 600 TWD at 30 TWD a unit: 0.3 × 40 × 20 = 240
 */
export function priorityOf(
  { account, daysPastDue, recovery }: PriorityFacts,
  settings: PrioritySettings,
): number {
  const days = Math.min(Math.max(1, daysPastDue), settings.daysMax);
  const amount = Math.min(account.pastDue / (settings.units[account.currency] ?? 1), settings.amountMax);
  return Math.min(Math.round((recovery ?? settings.recoveryUnknown) * days * amount), priorityMax);
}
