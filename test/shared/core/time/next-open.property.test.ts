import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { compileDayWindows, noHolidays } from '#shared/core/time/day-windows.ts';
import { nextOpen } from '#shared/core/time/next-open.ts';
import { segmentAt, zoneNamed } from '#shared/core/time/zone.ts';
import { dayMs, minuteMs } from '#shared/kernel/instant.ts';

const names = Intl.supportedValuesOf('timeZone');
const minute = fc.integer({ min: 0, max: 1_439 });
const text = (at: number) =>
  `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

/** Instants up to two days from a change of clocks, when the zone has one near. */
function nearChange(name: string, at: number, offset: number): number {
  return segmentAt(zoneNamed(name)!, at).end + offset * minuteMs;
}

test('the first open instant is open, and none is open between, minute by minute, in any zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2037, 0, 1) }),
      fc.integer({ min: -2_880, max: 2_880 }),
      fc.tuple(minute, minute).filter(([start, end]) => start !== end),
      (name, around, offset, [start, end]) => {
        const at = nearChange(name, around, offset);
        const windows = compileDayWindows({ daily: [`${text(start)}-${text(end)}`] });
        const next = nextOpen(zoneNamed(name)!, windows, noHolidays, { at, until: at + 3 * dayMs });
        const isInside = (instant: number) => {
          const { hour, minute: of } =
            Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name);
          const local = hour * 60 + of;
          return start < end ? local >= start && local < end : local >= start || local < end;
        };
        if (Number.isFinite(next)) expect(isInside(next)).toBe(true);
        for (let instant = at; instant < Math.min(next, at + 3 * dayMs); instant += 7 * minuteMs) {
          expect(isInside(instant)).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
});

describe('clocks that skip or repeat', () => {
  const first = (zone: string, windows: Record<string, string[]>, at: string) => {
    const from = Date.parse(at);
    const next = nextOpen(zoneNamed(zone)!, compileDayWindows(windows), noHolidays, { at: from, until: from + 10 * dayMs });
    return Number.isFinite(next) ? new Date(next).toISOString() : 'never';
  }; // prettier-ignore

  test.each([
    ['a skipped hour never opens', 'America/New_York', { daily: ['02:00-03:00'] }, '2026-03-08T05:00Z', '2026-03-09T06:00:00.000Z'],
    ['a window that begins in the skipped hour opens after it', 'America/New_York', { daily: ['02:30-04:00'] }, '2026-03-08T05:00Z', '2026-03-08T07:00:00.000Z'],
    ['a repeated hour opens for the first time', 'America/New_York', { daily: ['01:00-02:00'] }, '2026-11-01T04:00Z', '2026-11-01T05:00:00.000Z'],
    ['a repeated hour opens for the second time', 'America/New_York', { daily: ['01:00-01:30'] }, '2026-11-01T05:30Z', '2026-11-01T06:00:00.000Z'],
    ['half an hour is repeated', 'Australia/Lord_Howe', { daily: ['01:30-01:45'] }, '2026-04-04T14:45Z', '2026-04-04T15:00:00.000Z'],
    ['midnight itself is skipped', 'Africa/Cairo', { daily: ['00:00-00:30'] }, '2026-04-23T12:00Z', '2026-04-24T21:00:00.000Z'],
    ['a whole date is skipped', 'Pacific/Apia', { fri: ['09:00-10:00'] }, '2011-12-29T20:00Z', '2012-01-05T19:00:00.000Z'],
    ['a window over midnight belongs to the day it starts on', 'UTC', { fri: ['20:00-02:00'] }, '2026-06-12T01:00Z', '2026-06-12T20:00:00.000Z'],
    ['and is still open on the next day', 'UTC', { fri: ['20:00-02:00'] }, '2026-06-13T01:59Z', '2026-06-13T01:59:00.000Z'],
    ['its end is not open', 'UTC', { fri: ['20:00-02:00'] }, '2026-06-13T02:00Z', '2026-06-19T20:00:00.000Z'],
    ['24:00 is the end of the day', 'UTC', { daily: ['23:00-24:00'] }, '2026-06-13T23:59:59.999Z', '2026-06-13T23:59:59.999Z'],
    ['no window at all never opens', 'UTC', { daily: [] }, '2026-06-13T02:00Z', 'never'],
  ])('%s', (...[, zone, windows, at, expected]) => {
    expect(first(zone, windows, at)).toBe(expected);
  }); // prettier-ignore
});

describe('the most specific entry of a day wins', () => {
  const spec = {
    daily: ['01:00-02:00'],
    weekdays: ['02:00-03:00'],
    weekend: ['03:00-04:00'],
    wed: ['04:00-05:00'],
    holiday: ['05:00-06:00'],
  };
  const isHoliday = (day: number) => day === Date.UTC(2026, 5, 10) / dayMs;
  const openingOn = (windows: Record<string, string[]>, date: string) => {
    const at = Date.parse(`${date}T00:00Z`);
    const next = nextOpen(
      zoneNamed('UTC')!,
      compileDayWindows(windows),
      { isHoliday },
      { at, until: at + dayMs - 1 },
    );
    return Number.isFinite(next) ? new Date(next).getUTCHours() : 'closed';
  };
  test.each([
    ['a holiday before its weekday', spec, '2026-06-10', 5],
    ['a weekday name before weekdays', spec, '2026-06-17', 4],
    ['weekdays before daily', spec, '2026-06-18', 2],
    ['weekend before daily', spec, '2026-06-13', 3],
    ['daily where nothing else is said', { daily: ['01:00-02:00'] }, '2026-06-13', 1],
    ['a holiday without an entry of its own is a day like others', { wed: ['04:00-05:00'] }, '2026-06-10', 4],
    ['an empty list closes the day', { ...spec, wed: [], holiday: [] }, '2026-06-10', 'closed'],
    ['a day without an entry is closed', { mon: ['04:00-05:00'] }, '2026-06-13', 'closed'],
  ])('%s', (_name, windows, date, hour) => {
    expect(openingOn(windows, date)).toBe(hour);
  });

  test('what blocks leaves the rest of the day, and days without an entry free', () => {
    const blocked = compileDayWindows({ mon: ['00:00-09:00', '17:00-24:00'], sun: ['22:00-06:00'] }, true);
    const open = (at: string) => {
      const from = Date.parse(at);
      return new Date(
        nextOpen(zoneNamed('UTC')!, blocked, noHolidays, { at: from, until: from + dayMs }),
      ).toISOString();
    };
    expect(open('2026-06-14T22:30Z')).toBe('2026-06-15T09:00:00.000Z');
    expect(open('2026-06-15T17:00Z')).toBe('2026-06-16T00:00:00.000Z');
    expect(open('2026-06-16T03:00Z')).toBe('2026-06-16T03:00:00.000Z');
  });
});
