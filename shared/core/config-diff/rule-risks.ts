import { DaySpecSchema } from '#shared/contracts/day-spec.ts';
import { forces } from '#shared/contracts/permission-words.ts';
import type { Rule } from '#shared/contracts/rule-pack.ts';
import { compileDayWindows, noHolidays, openOn, type Calendar } from '#shared/core/time/day-windows.ts';
import { isList, isRecord, saysTheSame, valueText } from './plain-value.ts';

/**
 * In which ways a rule allows more than it did, each as a few words; empty when it is as strict as before or stricter. Of
 * a change that may be one or the other it says so: to be warned once too often is the lesser evil.
 */
export function relaxations(before: Rule, after: Rule): string[] {
  if (before.kind !== after.kind) return [`is another kind of rule: ${before.kind} → ${after.kind}`];
  const olds = new Map<string, unknown>(Object.entries(before));
  const news = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...olds.keys(), ...news.keys()])].flatMap((field) => {
    const [old, next] = [olds.get(field), news.get(field)];
    const words = saysTheSame(old, next) ? null : (byField.get(field)?.(old, next) ?? null);
    return words === null ? [] : [words];
  });
}

/** How a field's new value allows more than the old one; null when it does not. */
type Relaxation = (before: unknown, after: unknown) => string | null;

/** Fields that are not named here (source, id) bind nobody. */
const byField: ReadonlyMap<string, Relaxation> = new Map<string, Relaxation>([
  ['force', (old, next) => (forceOf(next) > forceOf(old) ? `binds less: force ${arrow(old, next)}` : null)],
  ['status', (_, next) => (next === 'unverified' ? 'does not deny any more: status unverified' : null)],
  ['channels', (old, next) => (isFewer(old, next) ? 'covers fewer channels' : null)],
  ['purposes', (old, next) => (isFewer(old, next) ? 'covers fewer purposes' : null)],
  ['when', (_, next) => (next === undefined ? null : 'has other conditions, so that it may cover less')],
  ['unless', (old, next) => gained('gives way to', old, next)],
  ['effective', (_, next) => (next === undefined ? null : `is in force at other dates: ${valueText(next)}`)],
  ['allow', (old, next) => (isWider(old, next) ? `hours are widened: ${arrow(old, next)}` : null)],
  ['max', (old, next) => (numberOf(next) > numberOf(old) ? `cap is raised: ${arrow(old, next)}` : null)],
  [
    'window',
    (old, next) => (isShorter(old, next) ? `counts over a shorter time: ${arrow(old, next)}` : null),
  ],
  ['for', (old, next) => (isShorter(old, next) ? `pause is shortened: ${arrow(old, next)}` : null)],
  ['days', (old, next) => (numberOf(next) < numberOf(old) ? `lasts less long: ${arrow(old, next)}` : null)],
  ['count', countsOtherwise],
  ['after', countsOtherwise],
  ['scope', countsOtherwise],
  ['count_distinct', countsOtherwise],
  ['exclude', (old, next) => gained('leaves out of its count', old, next)],
  [
    'level',
    (old, next) => (levelOf(next) < levelOf(old) ? `asks for less consent: ${arrow(old, next)}` : null),
  ],
  [
    'min_age',
    (old, next) => (ageOf(next) < ageOf(old) ? `asks for a younger fact: ${arrow(old, next)}` : null),
  ],
  [
    'require',
    (old, next) =>
      isList(old) ? gained('does not ask for', next, old) : `asks for another fact: ${arrow(old, next)}`,
  ],
  ['forbid', (old, next) => gained('does not forbid', next, old)],
  ['deny_destinations', (old, next) => gained('does not keep from', next, old)],
  ['kinds', (old, next) => gained('does not heed holds of kind', next, old)],
  ['suspend', (_, next) => (next === false ? 'does not suspend contact any more' : null)],
]);

function arrow(before: unknown, after: unknown): string {
  return `${valueText(before)} → ${valueText(after)}`;
}

function countsOtherwise(before: unknown, after: unknown): string {
  return `counts otherwise, which may allow more: ${arrow(before, after)}`;
}

/** Words that the second list has and the first has not. */
function gained(verb: string, before: unknown, after: unknown): string | null {
  const olds = isList(before) ? before : [];
  const more = (isList(after) ? after : []).filter((word) => !olds.includes(word));
  return more.length === 0 ? null : `${verb} ${more.map(valueText).join(', ')} now`;
}

/** An absent list stands for everything. */
function isFewer(before: unknown, after: unknown): boolean {
  if (!isList(after)) return false;
  return !isList(before) || before.some((word) => !after.includes(word));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Infinity;
}

function forceOf(value: unknown): number {
  return forces.findIndex((force) => force === value);
}

const levels = ['none', 'express', 'written'];

function levelOf(value: unknown): number {
  return levels.findIndex((level) => level === value);
}

function ageOf(value: unknown): number {
  return isRecord(value) && typeof value['days'] === 'number' ? value['days'] : 0;
}

const hoursPerDay = 24;
const hoursOf: ReadonlyMap<string, number> = new Map([
  ['calendar_day', hoursPerDay],
  ['calendar_week', 7 * hoursPerDay],
  ['calendar_month', 28 * hoursPerDay],
  ['hours', 1],
  ['rolling_hours', 1],
  ['rolling_days', hoursPerDay],
  ['calendar_days', hoursPerDay],
]);

/** A length that is told in another unit may be shorter in some weeks: counted as shorter unless it surely is not. */
function isShorter(before: unknown, after: unknown): boolean {
  return lengthHours(after) < lengthHours(before);
}

function lengthHours(value: unknown): number {
  if (typeof value === 'string') return hoursOf.get(value) ?? 0;
  const [[unit, count] = ['', 0]] = isRecord(value) ? Object.entries(value) : [];
  return (hoursOf.get(unit) ?? 0) * (typeof count === 'number' ? count : 0);
}

/** A week in which the first day is a Monday, with holidays as each calendar has them. */
const weekDays = [4, 5, 6, 7, 8, 9, 10];
const calendars: readonly Calendar[] = [
  noHolidays,
  { isHoliday: () => true },
  { isHoliday: (day) => day % 2 === 0 },
  { isHoliday: (day) => day % 2 === 1 },
];

/** True when there is a moment of some day, holiday or not, that was closed and is open now. */
function isWider(before: unknown, after: unknown): boolean {
  const [old, next] = [DaySpecSchema.safeParse(before), DaySpecSchema.safeParse(after)];
  if (!old.success || !next.success) return true;
  const [olds, news] = [compileDayWindows(old.data), compileDayWindows(next.data)];
  return calendars.some((calendar) =>
    weekDays.some((day) => !covers(openOn(olds, day, calendar), openOn(news, day, calendar))),
  );
}

/** Intervals are flat and apart: each of the inner ones lies in one of the outer ones. */
function covers(outer: readonly number[], inner: readonly number[]): boolean {
  for (let at = 0; at < inner.length; at += 2) {
    const [start = 0, end = 0] = inner.slice(at, at + 2);
    if (!isInside(outer, start, end)) return false;
  }
  return true;
}

function isInside(outer: readonly number[], start: number, end: number): boolean {
  for (let at = 0; at < outer.length; at += 2) {
    if ((outer[at] ?? 0) <= start && end <= (outer[at + 1] ?? 0)) return true;
  }
  return false;
}
