import type { LocalDate } from '#shared/contracts/primitives.ts';
import { dayMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { formatLocalDate, parseLocalDate, type LocalDay } from '#shared/kernel/local-date.ts';
import { localDayAt, segmentAt, zoneNamed, type Zone } from './zone.ts';

/**
 * The calendar date that people in a zone write at an instant.
 *
 * @throws RangeError when the zone has no entry in the IANA data.
 */
export function localDateAt(zoneName: string, instant: Instant): LocalDate {
  return formatLocalDate(localDayAt(zoneOf(zoneName), instant));
}

/**
 * The date and time that the clocks of a zone show at an instant, to the minute: `2026-03-10 21:59`.
 *
 * @throws RangeError when the zone has no entry in the IANA data.
 */
export function localTextAt(zoneName: string, instant: Instant): string {
  const { offsetMs } = segmentAt(zoneOf(zoneName), instant);
  return new Date(instant + offsetMs).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}

/**
 * The instant at which a zone's wall clock first shows a time of a date, or the first one after it where the clocks skip
 * that time. `minutes` counts from local midnight, 0 to 1440.
 *
 * @throws RangeError when the zone or the date does not exist.
 * @example instantAt('Asia/Shanghai', '2026-03-02', 15 * 60) // 2026-03-02T07:00:00Z
 */
export function instantAt(zoneName: string, date: LocalDate, minutes: number): Instant {
  const zone = zoneOf(zoneName);
  const local = dayOf(date) * dayMs + minutes * minuteMs;
  // No zone is more than a day from UTC: from a day before, the wanted time lies ahead in this segment or a later one.
  let segment = segmentAt(zone, local - dayMs);
  while (local - segment.offsetMs >= segment.end) segment = segmentAt(zone, segment.end);
  return toInstant(Math.max(local - segment.offsetMs, segment.start));
}

/** Whole days from one calendar date to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayOf(to) - dayOf(from);
}

/** The calendar date some days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return formatLocalDate(dayOf(date) + days);
}

/** Minutes from local midnight of a wall-clock time `HH:MM`. */
export function wallMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function zoneOf(name: string): Zone {
  const zone = zoneNamed(name);
  if (zone === undefined)
    throw new RangeError(`"${name}" is no time zone of the IANA data: name one such as Asia/Tokyo`);
  return zone;
}

function dayOf(date: LocalDate): LocalDay {
  const day = parseLocalDate(date);
  if (day === undefined) throw new RangeError(`"${date}" is no calendar date: write YYYY-MM-DD`);
  return day;
}
