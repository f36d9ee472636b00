import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { formatIsoInstant, parseIsoInstant } from '#shared/kernel/iso-instant.ts';
import { toInstant } from '#shared/kernel/instant.ts';

describe('parseIsoInstant', () => {
  test.each([
    ['2026-03-10T21:59:59+08:00', '2026-03-10T13:59:59Z'],
    ['2026-03-10T21:59+08:00', '2026-03-10T13:59:00Z'],
    ['2026-03-10T21:59:59.25Z', '2026-03-10T21:59:59.250Z'],
    ['2026-03-10T21:59:59.9999999-00:30', '2026-03-10T22:29:59.999Z'],
    ['2026-03-10T21:59:59+0800', '2026-03-10T13:59:59Z'],
    ['2026-03-10T21:59:59+08', '2026-03-10T13:59:59Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('reads %s', (text, utc) => {
    expect(formatIsoInstant(parseIsoInstant(text)!)).toBe(utc);
  });

  test.each([
    '', '2026-03-10', '2026-03-10T21:59:59', '2026-03-10 21:59:59Z', '2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z',
    '2026-03-10T24:00:00Z', '2026-03-10T21:60:00Z', '2026-03-10T21:59:60Z', '2026-03-10T21:59:5Z', '2026-03-10T21:59:59.Z',
    '2026-03-10T21:59:59Zx', '2026-03-10T21:59:59+8:00', '2026-03-10T21:59:59+24:00', '2026-03-10T21:59:59+08:0',
    '1899-12-31T00:00:00Z', '2200-01-01T00:00:00Z', '26-03-10T21:59:59Z', '2026-03-10TZ', '２026-03-10T21:59:59Z',
  ])('refuses "%s"', (text) => {
    expect(parseIsoInstant(text)).toBeUndefined();
  }); // prettier-ignore

  test('agrees with Temporal on every instant, offset and precision', () => {
    const offset = fc.constantFrom('Z', '+00:00', '-03:30', '+05:45', '+14:00', '-11:00', '+0530');
    const digits = fc.integer({ min: 0, max: 3 });
    const instant = fc.integer({ min: Date.UTC(1901, 0, 1), max: Date.UTC(2198, 0, 1) });
    fc.assert(
      fc.property(instant, digits, offset, (ms, precision, zone) => {
        const text = new Date(ms).toISOString().slice(0, precision === 0 ? 19 : 20 + precision) + zone;
        expect(parseIsoInstant(text)).toBe(Temporal.Instant.from(text).epochMilliseconds);
      }),
    );
  });

  test('formatting and parsing again gives the same instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2e12, max: 7e12 }), (ms) => {
        expect(parseIsoInstant(formatIsoInstant(toInstant(ms)))).toBe(ms);
      }),
    );
  });
});
