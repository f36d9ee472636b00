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

/** Places of the digits of `YYYY-MM-DD`. */
const dateLength = 10;
const monthAt = 5;
const dayAt = 8;
const hyphen = 0x2d;
const zero = 0x30;

/**
 * Reads `YYYY-MM-DD`; undefined when the text is no existing date. Digit by digit, because each account's dates are read
 * for each decision about it.
 */
export function parseLocalDate(text: string): LocalDay | undefined {
  const isInForm =
    text.length === dateLength &&
    text.charCodeAt(monthAt - 1) === hyphen &&
    text.charCodeAt(dayAt - 1) === hyphen;
  if (!isInForm) return undefined;
  const year = digitsOf(text, 0, monthAt - 1);
  const month = digitsOf(text, monthAt, dayAt - 1);
  const day = localDay(year, month, digitsOf(text, dayAt, dateLength));
  return Number.isNaN(day) ? undefined : day;
}

/** The number that the digits from one place to before another write; NaN when one is no digit. */
function digitsOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let place = from; place < to; place += 1) {
    const digit = text.charCodeAt(place) - zero;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

/** Writes a date as `YYYY-MM-DD`, for the years 0 to 9999. */
export function formatLocalDate(day: LocalDay): string {
  const { year, month, day: dayOfMonth } = calendarDate(day);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

const daysPerEra = 146_097;

/** Year, month 1-12 and day of a date: the inverse of `localDay`, by the same years from March. */
function calendarDate(of: LocalDay): { readonly year: number; readonly month: number; readonly day: number } {
  const sinceMarch0 = of + daysToEpoch;
  const era = Math.floor(sinceMarch0 / daysPerEra);
  const dayOfEra = sinceMarch0 - era * daysPerEra;
  // Leap days before a day of the era, those of the year it ends included: what is left are years of 365 days.
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / (daysPerEra - 1));
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - yearOfEra * 365 - Math.floor(yearOfEra / 4) + Math.floor(yearOfEra / 100);
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
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
  const { year, month } = calendarDate(day);
  const months = month - 1 + monthsLater;
  return localDay(year + Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1);
}
