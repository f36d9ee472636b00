import { type DaySpec } from '#shared/contracts/day-spec.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { weekdayOf, type LocalDay } from '#shared/kernel/local-date.ts';
import { parseWindowText } from '#shared/kernel/window-text.ts';

const weekdayKeys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Tells which local dates are public holidays. */
export type Calendar = { readonly isHoliday: (day: LocalDay) => boolean };
export const noHolidays: Calendar = { isHoliday: () => false };

/** Start and end in milliseconds after the start of the local day, flat: [start, end, start, end, …], sorted, apart. */
export type Intervals = readonly number[];

/** Windows ready for questions; the intervals of each kind of day are worked out when first asked for. */
export type DayWindows = {
  readonly spec: DaySpec;
  readonly blocks: boolean;
  readonly usesHolidays: boolean;
  /** Minutes by kind of day: weekday x today a holiday x yesterday a holiday. */
  readonly byKind: (Intervals | undefined)[];
};

const kindsPerWeekday = 4;
const saturday = 5;

/**
 * Makes windows from their day entries. With `blocks` they say when contact is closed: a day without an entry is then
 * free, while a day without an entry in allowing windows is closed. Throws when a window is not `HH:MM-HH:MM`, which
 * the schemas have excluded.
 */
export function compileDayWindows(spec: DaySpec, blocks = false): DayWindows {
  return { spec, blocks, usesHolidays: spec.holiday !== undefined, byKind: [] };
}

/** The intervals of a local date at which contact is open, with what runs over from the day before. */
export function openOn(windows: DayWindows, day: LocalDay, calendar: Calendar): Intervals {
  const weekday = weekdayOf(day);
  let kind = weekday * kindsPerWeekday;
  if (windows.usesHolidays) kind += (calendar.isHoliday(day) ? 2 : 0) + (calendar.isHoliday(day - 1) ? 1 : 0);
  return windows.byKind[kind] ?? workOut(windows, kind);
}

function workOut(windows: DayWindows, kind: number): Intervals {
  const weekday = Math.floor(kind / kindsPerWeekday);
  const today = entryFor(windows.spec, weekday, (kind & 2) !== 0);
  const yesterday = entryFor(windows.spec, (weekday + 6) % 7, (kind & 1) !== 0);
  const pairs: (readonly [number, number])[] = [];
  for (const [start, end] of today.map(parseWindowText)) pairs.push([start, end < start ? dayMs : end]);
  for (const [start, end] of yesterday.map(parseWindowText)) if (end < start) pairs.push([0, end]);
  const merged = merge(pairs.filter(([start, end]) => start < end));
  const intervals = windows.blocks ? complement(merged) : merged;
  windows.byKind[kind] = intervals;
  return intervals;
}

function entryFor(spec: DaySpec, weekday: number, holiday: boolean): readonly string[] {
  const key = weekdayKeys[weekday];
  const named = key === undefined ? undefined : spec[key];
  const part = weekday >= saturday ? spec.weekend : spec.weekdays;
  return (holiday ? spec.holiday : undefined) ?? named ?? part ?? spec.daily ?? [];
}

function merge(pairs: readonly (readonly [number, number])[]): Intervals {
  const merged: number[] = [];
  for (const [start, end] of pairs.toSorted((left, right) => left[0] - right[0])) {
    const lastEnd = merged.at(-1);
    if (lastEnd === undefined || start > lastEnd) merged.push(start, end);
    else merged[merged.length - 1] = Math.max(lastEnd, end);
  }
  return merged;
}

/** What the intervals leave of the day. */
function complement(intervals: Intervals): Intervals {
  const bounds = [0, ...intervals, dayMs];
  const left: number[] = [];
  for (let at = 0; at < bounds.length; at += 2) {
    const [start = 0, end = 0] = bounds.slice(at, at + 2);
    if (start < end) left.push(start, end);
  }
  return left;
}
