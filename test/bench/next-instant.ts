import { DateTime } from 'luxon';
import { Temporal } from 'temporal-polyfill';
import {
  compileDayWindows,
  noHolidays,
  type Calendar,
  type DayWindows,
} from '#shared/core/time/day-windows.ts';
import { nextOpen } from '#shared/core/time/next-open.ts';
import { zoneNamed, type Zone } from '#shared/core/time/zone.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { formatLocalDate, parseLocalDate } from '#shared/kernel/local-date.ts';
import { median, thisMachine, type BenchResult } from './bench-result.ts';

const rounds = 5;
const ownCases = 2_000_000;
const luxonCases = 20_000;
const ratioGoal = 300;
const comparedCases = 100_000;
const searchMs = 30 * dayMs;

const workday = '08:00-21:00';
const friday = '08:00-20:00';
const saturday = '09:00-15:00';
const holidays = ['2026-01-01', '2026-05-25', '2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'];

/** Clocks that shift by half an hour, at midnight, in the middle of Ramadan, backwards in winter, or by whole days. */
const hostile = [
  'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana', 'Asia/Beirut', 'Africa/Casablanca', 'Europe/Dublin',
  'Pacific/Chatham', 'America/Nuuk', 'America/Asuncion', 'Pacific/Apia', 'America/New_York', 'Asia/Kolkata',
]; // prettier-ignore

/** How fast the first open instant is found, and how often it is another one than Temporal's. */
export function run(): Promise<readonly BenchResult[]> {
  return Promise.resolve([speed(), agreement()]);
}

function speed(): BenchResult {
  const zone = zoneOf('America/New_York');
  const windows = compileDayWindows({
    weekdays: [workday],
    fri: [friday],
    sat: [saturday],
    holiday: [],
  });
  const days = new Set(holidays.map((date) => parseLocalDate(date)));
  const calendar: Calendar = { isHoliday: (day) => days.has(day) };
  const start = Date.UTC(2026, 0, 1);
  const at = (nth: number): number => start + (nth % 500_000) * 61_000;
  const own = rates(ownCases, (nth) => {
    nextOpen(zone, windows, calendar, { at: at(nth), until: at(nth) + searchMs });
  });
  const peer = rates(luxonCases, (nth) => {
    nextOpenByLuxon('America/New_York', at(nth));
  });
  const ratio = own / peer;
  return {
    name: 'next-instant: one zone, weekly windows, holidays',
    unit: '/s per core',
    own,
    peer,
    peerName: 'luxon',
    ratio,
    goal: `≥ ${String(ratioGoal)} × luxon`,
    met: ratio >= ratioGoal,
    machine: thisMachine(),
  };
}

/** Median rate over the rounds in processor time; the first round only warms up. */
function rates(cases: number, judge: (nth: number) => void): number {
  const measured = Array.from({ length: rounds + 1 }, () => {
    const before = process.cpuUsage();
    for (let nth = 0; nth < cases; nth += 1) judge(nth);
    const { user, system } = process.cpuUsage(before);
    return cases / ((user + system) / 1e6);
  });
  return median(measured.slice(1));
}

/** The same question asked of luxon, with the windows read beforehand. */
const weeklyMinutes = [workday, workday, workday, workday, friday, saturday].map((text) =>
  text.split('-').map(minutesOf),
);
const holidaySet = new Set(holidays);

function nextOpenByLuxon(zone: string, at: number): number {
  let local = DateTime.fromMillis(at, { zone });
  for (;;) {
    const [start = 0, end = 0] = windowByLuxon(local);
    const minute = local.hour * 60 + local.minute + local.second / 60;
    if (minute >= start && minute < end) return local.toMillis();
    if (minute < start) {
      return local
        .startOf('day')
        .set({ hour: Math.floor(start / 60), minute: start % 60 })
        .toMillis();
    }
    local = local.plus({ days: 1 }).startOf('day');
  }
}

function windowByLuxon(local: DateTime): readonly number[] {
  return holidaySet.has(local.toISODate() ?? '') ? [] : (weeklyMinutes[local.weekday - 1] ?? []);
}

/** Windows of minutes around changes of clocks, each answer checked against Temporal's wall clock. */
function agreement(): BenchResult {
  const random = seeded(20_261_121);
  let differing = 0;
  let compared = 0;
  while (compared < comparedCases) {
    const name = hostile[Math.floor(random() * hostile.length)] ?? 'UTC';
    const change = changeNear(name, Date.UTC(2005, 0, 1) + Math.floor(random() * 30 * 365) * dayMs);
    const minutes = [0, 0].map(() => Math.floor(random() * 1_440));
    const [start = 0, end = 0] = random() < 0.8 ? minutes.sort((a, b) => a - b) : minutes;
    if (start === end) continue;
    const at = change + Math.floor((random() - 0.5) * 3 * 1_440) * 60_000;
    const windows = compileDayWindows({ daily: [`${textOf(start)}-${textOf(end)}`] });
    if (!agrees(name, windows, { start, end, at })) differing += 1;
    compared += 1;
  }
  return {
    name: 'next-instant: answers other than Temporal’s',
    unit: `of ${String(comparedCases)}`,
    own: differing,
    goal: '0',
    met: differing === 0,
    machine: thisMachine(),
  };
}

type Case = { readonly start: number; readonly end: number; readonly at: number };

/** Temporal's answer: the first of the window's openings, changes of clocks and the instant itself that is inside. */
function agrees(name: string, windows: DayWindows, { start, end, at }: Case): boolean {
  const own = nextOpen(zoneOf(name), windows, noHolidays, { at, until: at + 4 * dayMs });
  return own === temporalNext(name, { start, end, at });
}

function temporalNext(name: string, { start, end, at }: Case): number {
  const first = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
  const candidates = [at];
  for (let day = -1; day <= 4; day += 1) {
    const opening = first
      .toPlainDate()
      .add({ days: day })
      .toPlainDateTime({ hour: Math.floor(start / 60), minute: start % 60 });
    for (const disambiguation of ['earlier', 'later'] as const) {
      candidates.push(opening.toZonedDateTime(name, { disambiguation }).epochMilliseconds);
    }
  }
  let change = first.getTimeZoneTransition('next');
  while (change !== null && change.epochMilliseconds <= at + 4 * dayMs) {
    candidates.push(change.epochMilliseconds);
    change = change.getTimeZoneTransition('next');
  }
  // Midnight opens what runs over from the day before where clocks skip over its beginning.
  const later = candidates.filter((candidate) => candidate >= at).sort((a, b) => a - b);
  return later.find((candidate) => isInside(name, candidate, start, end)) ?? Number.POSITIVE_INFINITY;
}

function isInside(name: string, at: number, start: number, end: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
  const minute = local.hour * 60 + local.minute;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

const changes = new Map<string, number>();

/** A change of clocks after a moment, or the moment itself in a zone that has none. */
function changeNear(name: string, at: number): number {
  const key = `${name} ${formatLocalDate(Math.floor(at / (180 * dayMs)) * 180)}`;
  const known = changes.get(key);
  if (known !== undefined) return known;
  const next = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(name)
    .getTimeZoneTransition('next');
  const change = next?.epochMilliseconds ?? at;
  changes.set(key, change);
  return change;
}

function zoneOf(name: string): Zone {
  const zone = zoneNamed(name);
  if (zone === undefined) throw new Error(`${name} is no zone`);
  return zone;
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function textOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
