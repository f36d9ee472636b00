import { DateTime, IANAZone } from 'luxon';

/** Finds the next instant strictly after the given one; undefined when a schedule never fires again. */
export type NextFire = (afterMs: number) => number | undefined;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** A cron expression that matches no day in so long (31 February) never fires. */
const searchDaysMax = 4 * 366;
const cronFields = 6;
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * Reads `rate(…)`, `cron(…)` or `at(…)` of EventBridge. Rates count from the epoch, so that a restart keeps their beat.
 * @throws on an expression that EventBridge would refuse, or that this run cannot follow (`L`, `W` and `#` in cron)
 */
export function parseSchedule(expression: string, timeZone = 'UTC'): NextFire {
  if (!IANAZone.isValidZone(timeZone)) throw new Error(`${expression}: there is no time zone ${timeZone}.`);
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
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== cronFields)
    throw new Error(
      `${expression}: cron has six fields: minutes, hours, day of month, month, day of week, year.`,
    );
  const inMonth = values(dayOfMonth, { from: 1, to: 31, expression });
  const inYear = values(month, { from: 1, to: 12, names: months, expression });
  const inWeek = values(dayOfWeek, { from: 1, to: 7, names: weekdays, expression });
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
    const fire = cron.isDay(day) ? firesOn(day, cron).find((atMs) => atMs > afterMs) : undefined;
    if (fire !== undefined) return fire;
  }
  return undefined;
}

function firesOn(day: DateTime, { hours, minutes }: Cron): number[] {
  return (
    hours
      .flatMap((hour) => minutes.map((minute) => day.set({ hour, minute })))
      // An hour that the clocks skip does not exist on that day.
      .filter((at) => hours.includes(at.hour))
      .map((at) => at.toMillis())
  );
}

interface Field {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  readonly expression: string;
}

/** The values that a field of a cron expression stands for, in order. */
function values(text: string, field: Field): number[] {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [span = '', step] = part.split('/');
    const [from, to] = bounds(span, field, step !== undefined);
    const every = Number(step ?? 1);
    if (!(from >= field.from && to <= field.to && every > 0))
      throw new Error(`${field.expression}: the local run cannot read its field ${text}.`);
    for (let value = from; value <= to; value += every) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

/** First and last value; NaN for what is no value. */
function bounds(span: string, { from, to, names = [] }: Field, hasStep: boolean): [number, number] {
  if (span === '*' || span === '?') return [from, to];
  const [first = NaN, last] = span.split('-').map((text) => {
    const index = names.indexOf(text.toUpperCase());
    return index < 0 ? Number(text || NaN) : index + from;
  });
  return [first, last ?? (hasStep ? to : first)];
}
