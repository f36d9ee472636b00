import type { LocalDate } from '#shared/contracts/primitives.ts';
import { isExactMinor } from '#shared/kernel/currency.ts';
import { formatLocalDate, localDay, parseLocalDate } from '#shared/kernel/local-date.ts';

/**
 * An amount as it is keyed in: figures, and a star before the decimals. Undefined for anything else, and for more decimals
 * than the currency has.
 *
 * @example keyedAmount('12*5', 2) // 12.5
 */
export function keyedAmount(keys: string, digits: number): number | undefined {
  const match = /^(\d{1,9})(?:\*(\d{1,3}))?$/.exec(keys);
  if (match === null) return undefined;
  const amount = Number(`${match[1] ?? ''}.${match[2] ?? '0'}`);
  return amount > 0 && isExactMinor(amount, digits) ? amount : undefined;
}

/**
 * The next date with that month and day, today included; undefined when the keys are no month and day.
 *
 * @example keyedDate('0105', '2026-03-10') // '2027-01-05'
 */
export function keyedDate(keys: string, today: LocalDate): LocalDate | undefined {
  const match = /^(\d{2})(\d{2})$/.exec(keys);
  const first = parseLocalDate(today);
  if (match === null || first === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1].map((one) => localDay(one, Number(match[1]), Number(match[2])));
  const next = days.find((day) => day >= first);
  return next === undefined ? undefined : formatLocalDate(next);
}
