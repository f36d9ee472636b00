import type { Creditor } from '#shared/contracts/creditor.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { instantAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { formatLocalDate, parseLocalDate, weekdayOf, type LocalDay } from '#shared/kernel/local-date.ts';

/** Days on which a creditor books payments, and the zone by which its days are meant. */
export interface BookingCalendar {
  readonly zone: string;
  readonly isBusinessDay: (day: LocalDay) => boolean;
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const usualWeekend: readonly string[] = ['sat', 'sun'];

/**
 * The calendar of a creditor: its weekend and the public holidays of its place. A place that the table does not have
 * (which a checked configuration rules out) has no holidays, which makes the time for booking shorter.
 */
export function bookingCalendar(
  creditor: Pick<Creditor, 'country' | 'calendar' | 'timeZone'>,
  holidays: Readonly<Record<string, readonly string[]>>,
): BookingCalendar {
  const { calendar, country, timeZone } = creditor;
  const weekend = calendar?.weekend ?? usualWeekend;
  const free = new Set(holidays[calendar?.holidays ?? country] ?? []);
  return {
    zone: timeZone ?? 'UTC',
    isBusinessDay: (day) =>
      !weekend.includes(weekdays[weekdayOf(day)] ?? '') && !free.has(formatLocalDate(day)),
  };
}

/** Most days looked through for a business day: no calendar closes for longer. */
const searchDaysMax = 60;

/**
 * The end of the last day on which a payment for a date may be booked: that date, and after it a number of business days.
 *
 * @example a Friday and 2 business days: the end of Tuesday
 */
export function settlementEnd(date: LocalDate, graceDays: number, calendar: BookingCalendar): Instant {
  const first = parseLocalDate(date);
  if (first === undefined) throw new RangeError(`"${date}" is no calendar date: write YYYY-MM-DD`);
  let day = first;
  for (let left = graceDays; left > 0 && day - first < searchDaysMax;) {
    day += 1;
    if (calendar.isBusinessDay(day)) left -= 1;
  }
  return instantAt(calendar.zone, formatLocalDate(day + 1), 0);
}
