import { dayMs } from './instant.ts';

/** A calendar date without a zone, as days since 1970-01-01: dates compare, add and subtract as plain numbers. */
export type LocalDay = number;

const daysPerWeek = 7;
/** 1970-01-01 was a Thursday; Monday is 0. */
const epochWeekday = 3;

/** The date of year, month 1-12 and day, or NaN when the calendar has no such date. */
export function localDay(year: number, month: number, day: number): LocalDay {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  // Date.UTC rolls 31 April over into May and takes years below 100 for 19xx: such dates do not come back the same.
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? ms / dayMs : Number.NaN;
}

/** Reads `YYYY-MM-DD`; undefined when the text is no existing date. */
export function parseLocalDate(text: string): LocalDay | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const day = localDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return Number.isNaN(day) ? undefined : day;
}

/** Writes a date as `YYYY-MM-DD`. */
export function formatLocalDate(day: LocalDay): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Monday is 0, Sunday is 6. */
export function weekdayOf(day: LocalDay): number {
  const weekday = (day + epochWeekday) % daysPerWeek;
  return weekday < 0 ? weekday + daysPerWeek : weekday;
}

/** The Monday of the date's week. */
export function weekStart(day: LocalDay): LocalDay {
  return day - weekdayOf(day);
}

/** The first of the date's month, or of a later one: `monthStart(day, 1)` is the first of the next month. */
export function monthStart(day: LocalDay, monthsLater = 0): LocalDay {
  const date = new Date(day * dayMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1) / dayMs;
}
