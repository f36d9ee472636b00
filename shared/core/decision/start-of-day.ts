import type { LocalDate } from '#shared/contracts/primitives.ts';
import { instantAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** The first instant of a local day. */
export function startOfDay(homeZone: string, date: LocalDate): Instant {
  return instantAt(homeZone, date, 0);
}
