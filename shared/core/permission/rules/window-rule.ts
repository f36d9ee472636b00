import type { RuleOf } from '#shared/contracts/rule-pack.ts';
import { compileDayWindows, type Calendar, type DayWindows } from '#shared/core/time/day-windows.ts';
import { nextOpen } from '#shared/core/time/next-open.ts';
import type { Zone } from '#shared/core/time/zone.ts';
import type { Judge } from '../compiled-rule.ts';

/** Contact only while the wall clock is inside the windows in every zone of the zone set. */
export function windowJudge(rule: RuleOf<'window'>, calendar: Calendar): Judge {
  const windows = compileDayWindows(rule.allow);
  return (judging, zones, at) => openInAll({ windows, calendar, zones }, at, judging.until);
}

/** A moment at or after `at` before which the windows are not open in all the zones at once; Infinity after `until`. */
export function openInAll(
  open: { readonly windows: DayWindows; readonly calendar: Calendar; readonly zones: readonly Zone[] },
  at: number,
  until: number,
): number {
  let latest = at;
  for (const zone of open.zones) {
    latest = Math.max(latest, nextOpen(zone, open.windows, open.calendar, { at, until }));
  }
  return latest;
}
