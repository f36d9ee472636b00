import { DateTime } from 'luxon';

/** Finds the next instant strictly after the given one; undefined when a schedule never fires again. */
export type NextFire = (afterMs: number) => number | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** A cron expression that matches no day in so long (31 February) never fires. */
const searchDaysMax = 4 * 366;
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * Reads `rate(…)`, `cron(…)` or `at(…)` of EventBridge. Rates count from the epoch, so that a restart keeps their beat.
 * @throws on an expression that EventBridge would refuse, or that this run cannot follow (`L`, `W` and `#` in cron)
 */
export function parseSchedule(expression: string, timeZone = 'UTC'): NextFire {
  const [, kind, body = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  switch (kind) {
    case 'rate':
      return parseRate(body, expression);
    case 'cron':
      return parseCron(body, timeZone, expression);
    case 'at': {
      const atMs = DateTime.fromISO(body, { zone: timeZone }).toMillis();
      return (afterMs) => (atMs > afterMs ? atMs : undefined);
    }
    default:
      throw new Error(`The schedule ${expression} is none of rate(…), cron(…), at(…).`);
  }
}

function parseRate(body: string, expression: string): NextFire {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? [];
  const everyMs = Number(count) * (unitMs[unit] ?? 0);
  if (everyMs === 0) throw new Error(`${expression}: write rate(5 minutes), with a number above 0.`);
  return (afterMs) => (Math.floor(afterMs / everyMs) + 1) * everyMs;
}

interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly isDay: (day: DateTime) => boolean;
}

function parseCron(body: string, timeZone: string, expression: string): NextFire {
  const fields = body.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || [minute, hour, dayOfMonth, month, dayOfWeek, year].includes(undefined))
    throw new Error(
      `${expression}: cron has six fields: minutes, hours, day of month, month, day of week, year.`,
    );
  const inMonth = values(dayOfMonth, { from: 1, to: 31, expression });
  const inYear = values(month, { from: 1, to: 12, names: months, nameOffset: 1, expression });
  const inWeek = values(dayOfWeek, { from: 1, to: 7, names: weekdays, nameOffset: 1, expression });
  const inYears = values(year, { from: 1970, to: 2199, expression });
  const cron: Cron = {
    minutes: values(minute, { from: 0, to: 59, expression }),
    hours: values(hour, { from: 0, to: 23, expression }),
    isDay: (day) =>
      inMonth.includes(day.day) &&
      inYear.includes(day.month) &&
      inWeek.includes((day.weekday % 7) + 1) &&
      inYears.includes(day.year),
  };
  return (afterMs) => nextCron(cron, afterMs, timeZone);
}

function nextCron(cron: Cron, afterMs: number, timeZone: string): number | undefined {
  let day = DateTime.fromMillis(afterMs, { zone: timeZone }).startOf('day');
  for (let days = 0; days < searchDaysMax; days += 1, day = day.plus({ days: 1 })) {
    if (!cron.isDay(day)) continue;
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const at = day.set({ hour, minute });
        // An hour that the clocks skip does not exist on that day.
        if (at.hour === hour && at.toMillis() > afterMs) return at.toMillis();
      }
  }
  return undefined;
}

function values(
  field: string | undefined,
  range: {
    readonly from: number;
    readonly to: number;
    readonly names?: readonly string[];
    readonly nameOffset?: number;
    readonly expression: string;
  },
): number[] {
  const found = new Set<number>();
  for (const part of (field ?? '').split(',')) {
    const [, span = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [from, to] = bounds(span, range, step !== undefined);
    for (let value = from; value <= to; value += Number(step ?? 1)) found.add(value);
  }
  if ([...found].some((value) => Number.isNaN(value)) || found.size === 0)
    throw new Error(`${range.expression}: the local run cannot read the field ${field ?? ''}.`);
  return [...found].sort((a, b) => a - b);
}

function bounds(
  span: string,
  {
    from,
    to,
    names = [],
    nameOffset = 0,
  }: { from: number; to: number; names?: readonly string[]; nameOffset?: number },
  hasStep: boolean,
): [number, number] {
  if (span === '*' || span === '?') return [from, to];
  const [first = NaN, last] = span.split('-').map((text) => {
    const index = names.indexOf(text.toUpperCase());
    return index < 0 ? Number(text) : index + nameOffset;
  });
  const end = last ?? (hasStep ? to : first);
  return Number.isNaN(first) || Number.isNaN(end) ? [NaN, NaN] : [first, end];
}
