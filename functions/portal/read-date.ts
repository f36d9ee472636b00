import type { LocalDate } from '#shared/contracts/primitives.ts';
import { formatLocalDate, localDay } from '#shared/kernel/local-date.ts';

/** Longest date that is looked at, in characters. */
const textLengthMax = 30;

/**
 * Reads a date that begins with its year, as date fields send it and as people type it: 2026-03-05, 2026/3/5,
 * 2026年3月5日. Others are refused: 05/03 is another day in Madrid than in Boston.
 */
export function readDate(text: string): LocalDate | undefined {
  const plain = text.slice(0, textLengthMax).normalize('NFKC').replaceAll(/\s/g, '');
  const match = /^(\d{4})[-/.\u5e74](\d{1,2})[-/.\u6708](\d{1,2})\u65e5?$/.exec(plain);
  if (match === null) return undefined;
  return dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The date of a year, month and day; undefined when the calendar has none such. */
export function dateOf(year: number, month: number, day: number): LocalDate | undefined {
  const date = year >= 1_000 ? localDay(year, month, day) : Number.NaN;
  return Number.isNaN(date) ? undefined : formatLocalDate(date);
}
