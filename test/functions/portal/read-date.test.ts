import { describe, expect, it } from 'vitest';
import { readDate } from '#functions/portal/read-date.ts';

describe('readDate', () => {
  it.each([
    ['2026-03-05', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026.03.05', '2026-03-05'],
    ['2026年3月5日', '2026-03-05'],
    ['２０２６－０３－０５', '2026-03-05'],
    [' 2028-02-29 ', '2028-02-29'],
  ])('reads %s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });

  it.each([
    '',
    '05/03/2026',
    '2026-02-30',
    '2026-13-01',
    '0026-03-05',
    'tomorrow',
    '2026-03',
    '2026-03-05T10:00',
  ])('refuses %s', (text) => {
    expect(readDate(text)).toBeUndefined();
  });
});
