import { localDay, monthStart, weekStart, weekdayOf, type LocalDay } from '#shared/kernel/local-date.ts';

/** What dates are counted from and how figures are ordered. */
export interface DateContext {
  readonly today: LocalDay;
  /** `month`: 3/4 is the fourth of March. */
  readonly first: 'month' | 'day';
}

/** A stretch of the text that names a day; `day` is undefined where it names none for certain. */
export interface ReadDate {
  readonly end: number;
  readonly day: LocalDay | undefined;
}

const daysPerWeek = 7;
const monthsAheadMax = 6;

/** The next such weekday strictly after today; Monday is 0. */
export function nextWeekday(weekday: number, today: LocalDay): LocalDay {
  const ahead = (weekday - weekdayOf(today) + daysPerWeek) % daysPerWeek;
  return today + (ahead === 0 ? daysPerWeek : ahead);
}

/** That weekday of a later Monday-based week. */
export function weekdayOfWeek(weekday: number, today: LocalDay, weeksLater: number): LocalDay {
  return weekStart(today) + weeksLater * daysPerWeek + weekday;
}

/** The last day of the current month, or of a later one. */
export function monthEnd(today: LocalDay, monthsLater = 0): LocalDay {
  return monthStart(today, monthsLater + 1) - 1;
}

/** The next 15th, say, on or after today; a month that has no such day is passed over. */
export function nextDayOfMonth(dayOfMonth: number, today: LocalDay): LocalDay | undefined {
  for (let months = 0; months <= 2; months += 1) {
    const day = dayOfMonthAfter(dayOfMonth, today, months);
    if (day !== undefined && day >= today) return day;
  }
  return undefined;
}

/** A day of the current month or of a later one; undefined when it has no such day. */
export function dayOfMonthAfter(
  dayOfMonth: number,
  today: LocalDay,
  monthsLater: number,
): LocalDay | undefined {
  const start = monthStart(today, monthsLater);
  const isInside = dayOfMonth >= 1 && start + dayOfMonth <= monthStart(today, monthsLater + 1);
  return isInside ? start + dayOfMonth - 1 : undefined;
}

/**
 * A month and day without a year: the next such date on or after today. One that would lie more than six months ahead was
 * said about the past and gives none.
 */
export function nextMonthDay(month: number, dayOfMonth: number, today: LocalDay): LocalDay | undefined {
  const year = yearOf(today);
  const candidates = [year, year + 1].map((each) => localDay(each, month, dayOfMonth));
  const next = candidates.find((day) => day >= today);
  return next === undefined || next > sixMonthsAfter(today) ? undefined : next;
}

function sixMonthsAfter(today: LocalDay): LocalDay {
  const dayOfMonth = today - monthStart(today) + 1;
  return dayOfMonthAfter(dayOfMonth, today, monthsAheadMax) ?? monthEnd(today, monthsAheadMax);
}

/** A whole date; undefined when the calendar has none such. Two figures are a year of this century. */
export function wholeDate(year: number, month: number, dayOfMonth: number): LocalDay | undefined {
  const day = localDay(year < 100 ? year + 2_000 : year, month, dayOfMonth);
  return Number.isNaN(day) ? undefined : day;
}

function yearOf(day: LocalDay): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}
