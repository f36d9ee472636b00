import type { PackCalendar } from '#shared/contracts/rule-pack.ts';
import type { Calendar } from '#shared/core/time/day-windows.ts';
import { localDay, parseLocalDate, type LocalDay } from '#shared/kernel/local-date.ts';

/** Public holidays as local dates, by `COUNTRY` or `COUNTRY-STATE`; each list covers whole years from its first to its last. */
export type HolidayTable = Readonly<Record<string, readonly string[]>>;

/** The key of a calendar in the table; undefined for a calendar of explicit dates only. */
export function holidayRegion(calendar: PackCalendar): string | undefined {
  if (calendar.country === undefined || calendar.country === null) return undefined;
  return typeof calendar.state === 'string' ? `${calendar.country}-${calendar.state}` : calendar.country;
}

/**
 * The holidays of a pack: those of its country or state in the table and its own dates, without the excluded ones.
 * Asked for a year that the table does not reach, it throws: contact on a holiday that nobody entered would be worse.
 */
export function holidayCalendar(calendar: PackCalendar, table: HolidayTable): Calendar {
  let days: HolidayDays | undefined;
  return {
    isHoliday: (day) => {
      days ??= readDays(calendar, table);
      if (day < days.from || day >= days.to) throw new Error(uncovered(calendar, day));
      return days.holidays.has(day);
    },
  };
}

type HolidayDays = {
  readonly holidays: ReadonlySet<LocalDay>;
  readonly from: LocalDay;
  readonly to: LocalDay;
};

function readDays(calendar: PackCalendar, table: HolidayTable): HolidayDays {
  const region = holidayRegion(calendar);
  const listed = region === undefined ? [] : toDays(table[region] ?? []);
  const excluded = new Set(toDays(calendar.exclude));
  const holidays = new Set([...listed, ...toDays(calendar.dates)].filter((day) => !excluded.has(day)));
  // A calendar of explicit dates says all that there is to say about any day.
  const covered = region === undefined ? { from: -Infinity, to: Infinity } : coveredBy(listed);
  return { holidays, ...covered };
}

/** From the first day of the first year to the day after the last one of the last year. */
function coveredBy(days: readonly LocalDay[]): { from: LocalDay; to: LocalDay } {
  if (days.length === 0) return { from: Infinity, to: -Infinity };
  const first = days.reduce((least, day) => Math.min(least, day));
  const last = days.reduce((most, day) => Math.max(most, day));
  return { from: localDay(yearOf(first), 1, 1), to: localDay(yearOf(last) + 1, 1, 1) };
}

/** The year of a local date. */
function yearOf(day: LocalDay): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}

function uncovered(calendar: PackCalendar, day: LocalDay): string {
  return `the holiday table lacks ${yearOf(day)} for ${holidayRegion(calendar) ?? 'no region'}: build it again with that year`;
}

function toDays(dates: readonly string[]): readonly LocalDay[] {
  return dates.flatMap((date) => parseLocalDate(date) ?? []);
}
