import { dayMs } from './instant.ts';

/** A calendar date without a zone, as days since 1970-01-01: dates compare, add and subtract as plain numbers. */
export type LocalDay = number;

const daysPerWeek = 7;
/** 1970-01-01 was a Thursday; Monday is 0. */
const epochWeekday = 3;

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The date of year, month 1-12 and day, or NaN when the calendar has no such date. Counted without a Date object, because
 * it runs for every instant of every request.
 */
export function localDay(year: number, month: number, day: number): LocalDay {
  const length = month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);
  if (!(day >= 1 && day <= length)) return Number.NaN;
  // Years are counted from March, so that the leap day is the last of its year; eras of 400 years are all alike.
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - daysToEpoch;
}

/** Days from 1 March of year 0 to 1970-01-01. */
const daysToEpoch = 719_468;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * Dates that were read and written before: the same few hundred come again and again with every account, and both ways are
 * slow beside everything else that a decision does. Emptied when full, so that hostile input cannot fill the memory.
 */
const rememberedMax = 4_096;
const read = new Map<string, LocalDay>();
const written = new Map<LocalDay, string>();

function remember<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  if (known.size >= rememberedMax) known.clear();
  known.set(key, value);
  return value;
}

/** Reads `YYYY-MM-DD`; undefined when the text is no existing date. */
export function parseLocalDate(text: string): LocalDay | undefined {
  const known = read.get(text);
  if (known !== undefined) return known;
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const day = localDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return Number.isNaN(day) ? undefined : remember(read, text, day);
}

/** Writes a date as `YYYY-MM-DD`. */
export function formatLocalDate(day: LocalDay): string {
  return written.get(day) ?? remember(written, day, new Date(day * dayMs).toISOString().slice(0, 10));
}

/** Monday is 0, Sunday is 6. */
export function weekdayOf(day: LocalDay): number {
  return (((day + epochWeekday) % daysPerWeek) + daysPerWeek) % daysPerWeek;
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
