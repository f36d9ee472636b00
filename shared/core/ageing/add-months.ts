import type { LocalDate } from '#shared/contracts/primitives.ts';
import { formatLocalDate, monthStart, parseLocalDate } from '#shared/kernel/local-date.ts';

/**
 * The same day of the month some months later; a month too short for it gives its last day. Always count from the first
 * date (31 January + 2 months = 31 March), never from a date that was shortened on the way.
 *
 * @throws RangeError when the text is no calendar date, which the contracts at the door rule out.
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const day = parseLocalDate(date);
  if (day === undefined) throw new RangeError(`${date} is no calendar date`);
  const lastDay = monthStart(day, months + 1) - 1;
  return formatLocalDate(Math.min(monthStart(day, months) + Number(date.slice(8, 10)) - 1, lastDay));
}
