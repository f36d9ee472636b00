import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  formatLocalDate,
  localDay,
  monthStart,
  parseLocalDate,
  weekdayOf,
  weekStart,
} from '#shared/kernel/local-date.ts';

const day = fc.integer({ min: -200_000, max: 200_000 });
const dateOf = (of: number) => Temporal.PlainDate.from('1970-01-01').add({ days: of });

test('dates agree with Temporal: number, text, weekday, start of week and of months', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -25, max: 25 }), (of, months) => {
      const date = dateOf(of);
      expect(localDay(date.year, date.month, date.day)).toBe(of);
      expect(formatLocalDate(of)).toBe(date.toString());
      expect(weekdayOf(of)).toBe(date.dayOfWeek - 1);
      expect(dateOf(weekStart(of)).toString()).toBe(date.subtract({ days: date.dayOfWeek - 1 }).toString());
      expect(dateOf(monthStart(of, months)).toString()).toBe(
        date.with({ day: 1 }).add({ months }).toString(),
      );
    }),
  );
});

test('text and number are one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), (of) => {
      expect(parseLocalDate(formatLocalDate(of))).toBe(of);
    }),
  );
});

test.each([
  '2026-02-29',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '2026-1-1',
  '2026-01-01T',
  '20260101',
  '2026/01/01',
  '2026-01-0a',
  '20x6-01-01',
  ' 026-01-01',
  '',
])('refuses "%s"', (text) => {
  expect(parseLocalDate(text)).toBeUndefined();
});
