import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayReached, localDayAt, segmentAt, zoneNamed } from '#shared/core/time/zone.ts';
import { formatLocalDate } from '#shared/kernel/local-date.ts';

const names = Intl.supportedValuesOf('timeZone');
const from = Date.UTC(1970, 0, 1);
const to = Date.UTC(2038, 0, 1);

/** Every change of clocks that the table has between two instants. */
function changesByTable(name: string): number[] {
  const zone = zoneNamed(name)!;
  const changes: number[] = [];
  let segment = segmentAt(zone, from);
  while (segment.end < to) {
    const next = segmentAt(zone, segment.end);
    if (next.offsetMs !== segment.offsetMs) changes.push(next.start);
    segment = next;
  }
  return changes;
}

/** The same from Temporal, without changes of name or law that leave the clocks as they are. */
function changesByTemporal(name: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(name);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= to) return changes;
    if (next.offsetNanoseconds !== at.offsetNanoseconds) changes.push(next.epochMilliseconds);
    at = next;
  }
}

describe('the table of offsets', () => {
  test('has every change of clocks of every IANA zone from 1970 to 2037, to the millisecond', () => {
    const wrong = names.filter(
      (name) => JSON.stringify(changesByTable(name)) !== JSON.stringify(changesByTemporal(name)),
    );
    expect(names.length).toBeGreaterThan(400);
    expect(wrong).toEqual([]);
  }, 300_000);

  test('agrees with luxon at random instants of random zones', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: from, max: to }), (name, at) => {
        const offsetMs = segmentAt(zoneNamed(name)!, at).offsetMs;
        // Luxon counts whole minutes; before 1972 a few zones had seconds.
        expect(Math.abs(offsetMs / 60_000 - IANAZone.create(name).offset(at))).toBeLessThan(1);
      }),
      { numRuns: 3_000 },
    );
  });

  test('gives the same answer whatever was asked before', () => {
    const instant = fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2150, 0, 1) });
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(instant, { maxLength: 5 }),
        instant,
        (name, before, at) => {
          const zone = zoneNamed(name)!;
          for (const earlier of before) segmentAt(zone, earlier);
          const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
          expect(segmentAt(zone, at).offsetMs).toBe(zoned.offsetNanoseconds / 1e6);
          expect(formatLocalDate(localDayAt(zone, at))).toBe(zoned.toPlainDate().toString());
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('dayReached never passes over the first instant of a date', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer({ min: Date.UTC(2000, 0, 1), max: to }),
      fc.integer({ min: 1, max: 90 }),
      (name, at, days) => {
        const zone = zoneNamed(name)!;
        const day = localDayAt(zone, at) + days;
        const reached = dayReached(zone, day, at);
        expect(reached).toBeGreaterThan(at);
        expect(localDayAt(zone, reached - 1)).toBeLessThan(day);
      },
    ),
    { numRuns: 1_000 },
  );
});

describe('zoneNamed', () => {
  test.each(['Asia/Shanghai', 'UTC', 'Asia/Calcutta', 'US/Eastern', 'Etc/GMT+5'])('knows %s', (name) => {
    expect(zoneNamed(name)?.name).toBe(name);
  });
  test.each(['', 'Mars/Base', '+08:00', '-05', 'EST5EDT4', 'Asia/Shanghai '])(
    'does not know "%s"',
    (name) => {
      expect(zoneNamed(name)).toBeUndefined();
    },
  );
});
