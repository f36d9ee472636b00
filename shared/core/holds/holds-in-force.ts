import type { Hold } from '#shared/contracts/hold.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';

/** Whether a hold is in force on a date where the person lives. */
export function isHeldOn({ from, until, ended }: Hold, date: LocalDate): boolean {
  return ended === undefined && from <= date && (until === undefined || date <= until);
}

/** Holds about one account: its own, and those on everything that the person owes. One that somebody ended is none. */
export function holdsAbout(accountId: string, holds: readonly Hold[]): readonly Hold[] {
  return holds.filter((one) => one.ended === undefined && (one.accountId ?? accountId) === accountId);
}
