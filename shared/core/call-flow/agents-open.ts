import type { Creditor } from '#shared/contracts/creditor.ts';
import { usualWeekend, weekdays, type BookingCalendar } from '#shared/core/agreements/business-days.ts';
import { localDateAt, localTextAt } from '#shared/core/time/local-time.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { parseLocalDate, weekdayOf, type LocalDay } from '#shared/kernel/local-date.ts';

/** The number of the creditor's people while they pick up; null outside of their hours, and where there are none. */
export function agentsAt(creditor: Creditor, calendar: BookingCalendar, now: Instant): string | null {
  const { agents } = creditor;
  const day = parseLocalDate(localDateAt(calendar.zone, now));
  if (agents === undefined || day === undefined || isHoliday(day, creditor, calendar)) return null;
  const time = localTextAt(calendar.zone, now).slice(-'HH:MM'.length);
  const isOpen = agents.hours.some(
    ({ days, from, to }) => days.some((one) => one === weekdays[weekdayOf(day)]) && from <= time && time < to,
  );
  return isOpen ? agents.phone : null;
}

/** A day on which nothing is booked though its weekday is none of the weekend: agents may well work on Saturdays. */
function isHoliday(day: LocalDay, { calendar }: Creditor, { isBusinessDay }: BookingCalendar): boolean {
  const weekend: readonly string[] = calendar?.weekend ?? usualWeekend;
  return !isBusinessDay(day) && !weekend.includes(weekdays[weekdayOf(day)] ?? '');
}
