import { dayMs } from '#shared/kernel/instant.ts';
import { openOn, type Calendar, type DayWindows } from './day-windows.ts';
import { segmentAt, type Zone } from './zone.ts';

/**
 * The first moment at or after `at` at which the zone's wall clock shows a time inside the windows, or Infinity when
 * there is none up to `until` (inclusive). A moment is judged by the wall clock it really has: an hour that clocks skip
 * never opens and an hour that they repeat opens twice.
 *
 * @example nextOpen(zoneNamed('Asia/Shanghai'), compileDayWindows({ daily: ['08:00-22:00'] }), noHolidays, at, at + dayMs)
 */
export function nextOpen(
  zone: Zone,
  windows: DayWindows,
  calendar: Calendar,
  span: { readonly at: number; readonly until: number },
): number {
  let at = span.at;
  while (at <= span.until) {
    const segment = segmentAt(zone, at);
    // Inside a segment wall-clock time runs evenly, so that the search can count in local milliseconds.
    const localEnd = Math.min(segment.end, span.until + 1) + segment.offsetMs;
    const local = nextOpenLocal(windows, calendar, at + segment.offsetMs, localEnd);
    if (local < localEnd) return local - segment.offsetMs;
    at = segment.end;
  }
  return Number.POSITIVE_INFINITY;
}

function nextOpenLocal(windows: DayWindows, calendar: Calendar, local: number, localEnd: number): number {
  let day = Math.floor(local / dayMs);
  let time = local - day * dayMs;
  while (day * dayMs < localEnd) {
    const intervals = openOn(windows, day, calendar);
    for (let at = 0; at < intervals.length; at += 2) {
      const end = intervals[at + 1] ?? 0;
      if (time < end) return day * dayMs + Math.max(time, intervals[at] ?? 0);
    }
    day += 1;
    time = 0;
  }
  return Number.POSITIVE_INFINITY;
}
