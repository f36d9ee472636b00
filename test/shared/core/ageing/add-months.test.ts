import { expect, it } from 'vitest';
import { addMonths } from '#shared/core/ageing/add-months.ts';

it.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-01-31', 2, '2026-03-31'],
  ['2026-11-15', 2, '2027-01-15'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-03-15', 0, '2026-03-15'],
])('%s and %s months are %s', (date, months, later) => {
  expect(addMonths(date, months)).toBe(later);
});

it('refuses a date that does not exist', () => {
  expect(() => addMonths('2026-02-30', 1)).toThrow('2026-02-30 is no calendar date');
});
