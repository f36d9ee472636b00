import { expect, test } from 'vitest';

import { parseSchedule } from '#infra/local/events/schedule-expression.ts';

test.each([
  ['rate(1 minute)', '2026-03-02T08:00:00Z', '2026-03-02T08:01:00Z'],
  ['rate(12 hours)', '2026-03-02T08:00:00Z', '2026-03-02T12:00:00Z'],
  ['cron(0/15 * * * ? *)', '2026-03-02T08:14:59Z', '2026-03-02T08:15:00Z'],
  ['cron(30 9 ? * MON-FRI *)', '2026-03-06T09:30:00Z', '2026-03-09T09:30:00Z'],
  ['cron(0 0 1 * ? *)', '2026-03-02T08:00:00Z', '2026-04-01T00:00:00Z'],
  ['cron(0 12 29 FEB ? *)', '2026-03-02T08:00:00Z', '2028-02-29T12:00:00Z'],
  ['cron(5,35 8-9 * * ? 2027)', '2026-03-02T08:00:00Z', '2027-01-01T08:05:00Z'],
  ['at(2026-03-02T09:00:00)', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z'],
])('%s after %s fires at %s', (expression, after, next) => {
  expect(parseSchedule(expression)(Date.parse(after))).toBe(Date.parse(next));
});

test('a cron in a zone leaves out the hour that the clocks skip', () => {
  const next = parseSchedule('cron(30 2 * * ? *)', 'America/New_York');
  expect(next(Date.parse('2026-03-07T12:00:00Z'))).toBe(Date.parse('2026-03-09T06:30:00Z'));
});

test('what never comes again has no next instant', () => {
  const after = Date.parse('2026-03-02T08:00:00Z');
  expect(parseSchedule('at(2026-03-02T08:00:00)')(after)).toBeUndefined();
  expect(parseSchedule('cron(0 0 31 FEB ? *)')(after)).toBeUndefined();
});

test.each([
  ['every minute', 'is none of rate'],
  ['rate(0 minutes)', 'with a number above 0'],
  ['cron(0 0 * *)', 'six fields'],
  ['cron(0 0 L * ? *)', 'cannot read its field L'],
  ['cron(61 0 * * ? *)', 'cannot read its field 61'],
])('%s is refused', (expression, message) => {
  expect(() => parseSchedule(expression)).toThrow(message);
});
