import { byKey } from './by-key.ts';
import { firstDate, type DateReader } from './date-reader.ts';
import { lastWords, monthEnds, months, nextWords, relativeDays, weekdays } from './calendar-words.ts';
import {
  dayOfMonthAfter,
  monthEnd,
  nextDayOfMonth,
  nextMonthDay,
  nextWeekday,
  weekdayOfWeek,
  wholeDate,
  type DateContext,
  type ReadDate,
} from './day-rules.ts';
import { readNumberAt } from './numbers.ts';
import { ordinalWordAt } from './ordinal-words.ts';
import { isRunAt, textAt, type Token } from './tokens.ts';

/** The date in English or Spanish that begins at a token. */
export const latinDateAt: DateReader = (tokens, at, context) => {
  return firstDate(readers, tokens, at, context);
};

const relative: DateReader = (tokens, at, { today }) => {
  const found = relativeDays.find(([words]) => isRunAt(tokens, at, words));
  // "Por la mañana" is a part of the day.
  if (found === undefined || (textAt(tokens, at) === 'manana' && textAt(tokens, at - 1) === 'la'))
    return undefined;
  return { end: at + found[0].length, day: today + found[1] };
};

/** `Friday`, `next Friday`, `last Friday`, `Friday next week`, `el próximo viernes`, `el viernes de la próxima semana`. */
const weekday: DateReader = (tokens, at, context) => {
  const { today } = context;
  const first = textAt(tokens, at);
  const before = nextWords.has(first) ? 'next' : lastWords.has(first) ? 'last' : undefined;
  const nameAt = before === undefined ? at : at + 1;
  const day = weekdays.get(textAt(tokens, nameAt));
  if (day === undefined) return undefined;
  const exact = dateBehind(tokens, nameAt + 1, context);
  if (exact !== undefined) return exact;
  const { end, mark } = behindWeekday(tokens, nameAt + 1);
  return { end, day: marked(day, before ?? mark, today) };
};

function marked(weekdayNamed: number, mark: string, today: number): number {
  if (mark === 'next') return weekdayOfWeek(weekdayNamed, today, 1);
  const next = nextWeekday(weekdayNamed, today);
  return mark === 'last' ? next - twoWeeks : next;
}

/** "Friday the 22nd", "Friday 22 May": the date says which Friday. */
const dateBehind: DateReader = (tokens, at, context) =>
  firstDate([monthFirst, dayFirst, ordinal], tokens, at, context);

/** Surely past: the next such day less two weeks. */
const twoWeeks = 14;
const behind: readonly (readonly [readonly string[], 'next' | 'last' | 'plain'])[] = [
  [['of', 'next', 'week'], 'next'],
  [['next', 'week'], 'next'],
  [['de', 'la', 'proxima', 'semana'], 'next'],
  [['de', 'la', 'semana', 'que', 'viene'], 'next'],
  [['de', 'la', 'otra', 'semana'], 'next'],
  [['proximo'], 'next'],
  [['que', 'viene'], 'plain'],
  [['que', 'entra'], 'plain'],
  [['de', 'la', 'semana', 'pasada'], 'last'],
  [['of', 'last', 'week'], 'last'],
  [['pasado', 'manana'], 'plain'],
  [['pasado'], 'last'],
];

function behindWeekday(tokens: readonly Token[], at: number): { end: number; mark: string } {
  const found = behind.find(([words]) => isRunAt(tokens, at, words));
  if (found === undefined || found[0][1] === 'manana') return { end: at, mark: 'plain' };
  return { end: at + found[0].length, mark: found[1] };
}

/** `2026-03-20`, `3/20`, `20/3/26`, `20-03-2026`. */
const figures: DateReader = (tokens, at, context) => {
  const parts = /^(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{1,4}))?$/u.exec(textAt(tokens, at));
  if (parts === null) return undefined;
  const [, first, separator, second, third] = parts;
  const end = at + 1;
  if (third === undefined)
    return separator === '/' ? yearless([Number(first), Number(second)], end, context) : undefined;
  if (Number(first) > 31) return { end, day: wholeDate(Number(first), Number(second), Number(third)) };
  const [month, day] = inOrder(Number(first), Number(second), context.first);
  return { end, day: wholeDate(Number(third), month, day) };
};

/** `3/20`; 3.20 and 3-20 are amounts, hours or ranges rather than dates. */
function yearless(
  [first, second]: readonly [number, number],
  end: number,
  context: DateContext,
): ReadDate | undefined {
  const [month, day] = inOrder(first, second, context.first);
  const isDate = month <= 12 && day <= 31 && month * day > 0;
  return isDate ? { end, day: nextMonthDay(month, day, context.today) } : undefined;
}

function inOrder(first: number, second: number, order: 'month' | 'day'): readonly [number, number] {
  if (first > 12) return [second, first];
  if (second > 12) return [first, second];
  return order === 'month' ? [first, second] : [second, first];
}

const ordinalEndings = new Set(['st', 'nd', 'rd', 'th', 'ro', 'o']);

interface DayOfMonth {
  readonly value: number;
  readonly end: number;
  readonly isOrdinal: boolean;
}

function dayOfMonthAt(tokens: readonly Token[], at: number): DayOfMonth | undefined {
  const text = textAt(tokens, at);
  const ordinal = ordinalWordAt(tokens, at);
  if (ordinal !== undefined) return inMonth({ ...ordinal, isOrdinal: true });
  if (/^\d{1,2}$/u.test(text)) {
    const isOrdinal = isEnding(tokens[at + 1]);
    return inMonth({ value: Number(text), end: at + (isOrdinal ? 2 : 1), isOrdinal });
  }
  const spelt = tokens[at]?.kind === 'word' ? readNumberAt(tokens, at) : undefined;
  return spelt && inMonth({ value: spelt.value, end: spelt.end, isOrdinal: false });
}

function isEnding(token: Token | undefined): boolean {
  return token !== undefined && token.joined && ordinalEndings.has(token.text);
}

function inMonth(day: DayOfMonth): DayOfMonth | undefined {
  return Number.isInteger(day.value) && day.value >= 1 && day.value <= 31 ? day : undefined;
}

/** `March 20`, `March 20th 2026`. */
const monthFirst: DateReader = (tokens, at, { today }) => {
  const month = months.get(textAt(tokens, at));
  if (month === undefined) return undefined;
  const day = dayOfMonthAt(tokens, textAt(tokens, at + 1) === 'the' ? at + 2 : at + 1);
  return day && withYear(tokens, { month: month + 1, day: day.value, end: day.end }, today);
};

/** `20 March`, `20th of March`, `20 de marzo de 2026`. */
const dayFirst: DateReader = (tokens, at, { today }) => {
  const start = ['the', 'el', 'dia'].includes(textAt(tokens, at)) ? at + 1 : at;
  const day = dayOfMonthAt(tokens, start);
  if (day === undefined) return undefined;
  const isJoined = ['of', 'de'].includes(textAt(tokens, day.end));
  const monthAt = day.end + (isJoined ? 1 : 0);
  const month = months.get(textAt(tokens, monthAt));
  return month === undefined
    ? undefined
    : withYear(tokens, { month: month + 1, day: day.value, end: monthAt + 1 }, today);
};

function withYear(
  tokens: readonly Token[],
  { month, day, end }: { readonly month: number; readonly day: number; readonly end: number },
  today: number,
): ReadDate {
  const yearAt = ['of', 'de', 'del'].includes(textAt(tokens, end)) ? end + 1 : end;
  const year = /^20\d\d$/u.test(textAt(tokens, yearAt)) ? Number(textAt(tokens, yearAt)) : undefined;
  if (year !== undefined) return { end: yearAt + 1, day: wholeDate(year, month, day) };
  return { end, day: nextMonthDay(month, day, today) };
}

/** Words after a number that make it something else than a day of the month. */
const counted = new Set(
  'days day weeks week months month hours hour payments payment dollars bucks percent times am pm dias semanas meses pagos pesos euros horas veces cuotas'.split(
    ' ',
  ),
);

/** `the 15th`, `15th`, `el 15`, `el día 15`, `del 25`; with `of next month` a day of that month. */
const ordinal: DateReader = (tokens, at, { today }) => {
  const start = behindArticles(tokens, at);
  const day = dayOfMonthAt(tokens, start);
  if (day === undefined || !isDate(tokens, { at, start, day })) return undefined;
  const nextMonth = nextMonthEnds.find((words) => isRunAt(tokens, day.end, words));
  if (nextMonth === undefined) return { end: day.end, day: nextDayOfMonth(day.value, today) };
  return { end: day.end + nextMonth.length, day: dayOfMonthAfter(day.value, today, 1) };
};

function behindArticles(tokens: readonly Token[], at: number): number {
  const isArticle = (place: number): boolean =>
    ['the', 'el', 'dia', 'del', 'al'].includes(textAt(tokens, place));
  if (!isArticle(at)) return at;
  return isArticle(at + 1) ? at + 2 : at + 1;
}

function isDate(
  tokens: readonly Token[],
  { at, start, day }: { readonly at: number; readonly start: number; readonly day: DayOfMonth },
): boolean {
  if (counted.has(textAt(tokens, day.end)) || isMoney(tokens, start)) return false;
  const isNamed = day.isOrdinal || (start > at && tokens[start]?.kind === 'number');
  return isNamed && !isOrdinalThing(tokens, start, day);
}

function isMoney(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1]?.kind === 'sign' || tokens[at + 1]?.kind === 'sign';
}

/** "The first payment", "my second job": an order and no date; "the first" and "on the 1st" are dates. */
function isOrdinalThing(tokens: readonly Token[], start: number, day: DayOfMonth): boolean {
  const first = tokens[start];
  if (first?.kind !== 'word') return false;
  const next = tokens[day.end];
  const goesOn = next?.clause === first.clause && !['of', 'and', 'or', 'but', 'y'].includes(next.text);
  return goesOn || !['the', 'el'].includes(textAt(tokens, start - 1));
}

const nextMonthEnds = [
  ['of', 'next', 'month'],
  ['next', 'month'],
  ['del', 'proximo', 'mes'],
  ['del', 'mes', 'que', 'viene'],
  ['del', 'mes', 'proximo'],
  ['de', 'el', 'proximo', 'mes'],
];

const endOfMonth: DateReader = (tokens, at, { today }) => {
  const found = monthEnds.find(([words]) => isRunAt(tokens, at, words));
  return found && { end: at + found[0].length, day: monthEnd(today, found[1]) };
};

/** Paydays of Spanish-speaking countries: the 15th and the last day of the month. */
const quincena: DateReader = (tokens, at, { today }) => {
  if (!['quincena', 'kincena'].includes(textAt(tokens, at))) return undefined;
  const middle = dayOfMonthAfter(15, today, 0);
  return { end: at + 1, day: middle !== undefined && middle >= today ? middle : monthEnd(today) };
};

const dayUnits: ReadonlyMap<string, number> = byKey({
  day: 1, days: 1, dia: 1, dias: 1, week: 7, weeks: 7, wk: 7, wks: 7, semana: 7, semanas: 7,
}); // prettier-ignore

/** `in 3 days`, `in a week`, `dentro de 3 días`, `3 days from now`; `2 days ago` and `hace 2 días` lie in the past. */
const counting: DateReader = (tokens, at, { today }) => {
  const start = startOfCount(tokens, at);
  const count = countAt(tokens, start);
  if (count === undefined || count.value > daysMax) return undefined;
  const unit = dayUnits.get(textAt(tokens, count.end));
  if (unit === undefined) return undefined;
  const end = count.end + 1;
  const days = count.value * unit;
  if (textAt(tokens, end) === 'ago') return { end: end + 1, day: today - days };
  if (textAt(tokens, start - 1) === 'hace') return { end, day: today - days };
  const isAhead =
    start > at ||
    [
      ['from', 'now'],
      ['from', 'today'],
    ].some((words) => isRunAt(tokens, end, words));
  return isAhead ? { end, day: today + days } : undefined;
};

/** Most days or weeks that are counted; more is a figure of speech. */
const daysMax = 366;

function countAt(
  tokens: readonly Token[],
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  if (['a', 'an', 'una', 'un'].includes(textAt(tokens, at))) return { value: 1, end: at + 1 };
  const count = readNumberAt(tokens, at);
  return count !== undefined && Number.isInteger(count.value) ? count : undefined;
}

function startOfCount(tokens: readonly Token[], at: number): number {
  if (isRunAt(tokens, at, ['dentro', 'de'])) return at + 2;
  return ['in', 'within', 'en'].includes(textAt(tokens, at)) ? at + 1 : at;
}

const readers: readonly DateReader[] = [
  relative,
  endOfMonth,
  figures,
  weekday,
  monthFirst,
  dayFirst,
  counting,
  ordinal,
  quincena,
];
