import { lastWords, months, nextWords, relativeDays, weekdays } from './calendar-words.ts';
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
import type { Token } from './tokens.ts';

type Reader = (tokens: readonly Token[], at: number, context: DateContext) => ReadDate | undefined;

/** The date in English or Spanish that begins at a token. */
export const latinDateAt: Reader = (tokens, at, context) => {
  for (const reader of readers) {
    const date = reader(tokens, at, context);
    if (date !== undefined) return date;
  }
  return undefined;
};

const word = (tokens: readonly Token[], at: number): string => tokens[at]?.text ?? '';
const isRun = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((each, offset) => word(tokens, at + offset) === each);

const relative: Reader = (tokens, at, { today }) => {
  const found = relativeDays.find(([words]) => isRun(tokens, at, words));
  // "Por la mañana" is a part of the day.
  if (found === undefined || (word(tokens, at) === 'manana' && word(tokens, at - 1) === 'la'))
    return undefined;
  return { end: at + found[0].length, day: today + found[1] };
};

/** `Friday`, `next Friday`, `last Friday`, `Friday next week`, `el próximo viernes`, `el viernes de la próxima semana`. */
const weekday: Reader = (tokens, at, { today }) => {
  const first = word(tokens, at);
  const isMarked = nextWords.has(first) || lastWords.has(first);
  const nameAt = isMarked ? at + 1 : at;
  const day = weekdays.get(word(tokens, nameAt));
  if (day === undefined) return undefined;
  const { end, mark } = behindWeekday(tokens, nameAt + 1);
  if (lastWords.has(first) || mark === 'last') return { end, day: nextWeekday(day, today) - 14 };
  if (nextWords.has(first) || mark === 'next') return { end, day: weekdayOfWeek(day, today, 1) };
  return { end, day: nextWeekday(day, today) };
};

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
  const found = behind.find(([words]) => isRun(tokens, at, words));
  if (found === undefined || found[0][1] === 'manana') return { end: at, mark: 'plain' };
  return { end: at + found[0].length, mark: found[1] };
}

/** `2026-03-20`, `3/20`, `20/3/26`, `20-03-2026`. */
const figures: Reader = (tokens, at, context) => {
  const parts = /^(\d{1,4})([/.-])(\d{1,2})(?:\2(\d{1,4}))?$/u.exec(word(tokens, at));
  if (parts === null) return undefined;
  const [, first = '', separator, second = '', third] = parts;
  const end = at + 1;
  if (first.length === 4 && third !== undefined)
    return { end, day: wholeDate(Number(first), Number(second), Number(third)) };
  // 3.20 and 3-20 are amounts, hours or ranges rather than dates.
  if (first.length > 2 || (third === undefined && separator !== '/')) return undefined;
  const [month, day] = inOrder(Number(first), Number(second), context.first);
  if (month > 12 || day > 31 || month === 0 || day === 0) return undefined;
  if (third !== undefined) return { end, day: wholeDate(Number(third), month, day) };
  return { end, day: nextMonthDay(month, day, context.today) };
};

function inOrder(first: number, second: number, order: 'month' | 'day'): readonly [number, number] {
  if (first > 12) return [second, first];
  if (second > 12) return [first, second];
  return order === 'month' ? [first, second] : [second, first];
}

const ordinalWords: ReadonlyMap<string, number> = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth'
    .split(' ')
    .map((name, index) => [name, index + 1] as const),
).set('twentieth', 20).set('thirtieth', 30).set('primero', 1); // prettier-ignore
const ordinalEndings = new Set(['st', 'nd', 'rd', 'th', 'ro', 'o']);

interface DayOfMonth {
  readonly value: number;
  readonly end: number;
  readonly isOrdinal: boolean;
}

function dayOfMonthAt(tokens: readonly Token[], at: number): DayOfMonth | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const ordinal = ordinalWords.get(token.text);
  if (ordinal !== undefined) return { value: ordinal, end: at + 1, isOrdinal: true };
  if (token.kind === 'number') {
    if (!/^\d{1,2}$/u.test(token.text)) return undefined;
    const next = tokens[at + 1];
    const isOrdinal = next !== undefined && next.joined && ordinalEndings.has(next.text);
    return inMonth({ value: Number(token.text), end: at + (isOrdinal ? 2 : 1), isOrdinal });
  }
  const spelt = token.kind === 'word' ? readNumberAt(tokens, at) : undefined;
  return spelt && inMonth({ value: spelt.value, end: spelt.end, isOrdinal: false });
}

function inMonth(day: DayOfMonth): DayOfMonth | undefined {
  return Number.isInteger(day.value) && day.value >= 1 && day.value <= 31 ? day : undefined;
}

/** `March 20`, `March 20th 2026`. */
const monthFirst: Reader = (tokens, at, { today }) => {
  const month = months.get(word(tokens, at));
  if (month === undefined) return undefined;
  const day = dayOfMonthAt(tokens, word(tokens, at + 1) === 'the' ? at + 2 : at + 1);
  return day && withYear(tokens, { month: month + 1, day: day.value, end: day.end }, today);
};

/** `20 March`, `20th of March`, `20 de marzo de 2026`. */
const dayFirst: Reader = (tokens, at, { today }) => {
  const start = ['the', 'el', 'dia'].includes(word(tokens, at)) ? at + 1 : at;
  const day = dayOfMonthAt(tokens, start);
  if (day === undefined) return undefined;
  const isJoined = ['of', 'de'].includes(word(tokens, day.end));
  const monthAt = day.end + (isJoined ? 1 : 0);
  const month = months.get(word(tokens, monthAt));
  return month === undefined
    ? undefined
    : withYear(tokens, { month: month + 1, day: day.value, end: monthAt + 1 }, today);
};

function withYear(
  tokens: readonly Token[],
  { month, day, end }: { readonly month: number; readonly day: number; readonly end: number },
  today: number,
): ReadDate {
  const yearAt = ['of', 'de', 'del'].includes(word(tokens, end)) ? end + 1 : end;
  const year = /^20\d\d$/u.test(word(tokens, yearAt)) ? Number(word(tokens, yearAt)) : undefined;
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
const ordinal: Reader = (tokens, at, { today }) => {
  let start = at;
  while (['the', 'el', 'dia', 'del', 'al'].includes(word(tokens, start)) && start < at + 2) start += 1;
  const day = dayOfMonthAt(tokens, start);
  if (day === undefined || counted.has(word(tokens, day.end)) || isMoney(tokens, start)) return undefined;
  const isNamed = day.isOrdinal || (start > at && tokens[start]?.kind === 'number');
  if (!isNamed || isOrdinalThing(tokens, start, day)) return undefined;
  const nextMonth = nextMonthEnds.find((words) => isRun(tokens, day.end, words));
  if (nextMonth !== undefined)
    return { end: day.end + nextMonth.length, day: dayOfMonthAfter(day.value, today, 1) };
  return { end: day.end, day: nextDayOfMonth(day.value, today) };
};

function isMoney(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1]?.kind === 'sign' || tokens[at + 1]?.kind === 'sign';
}

/** "The first payment", "my second job": an order and no date; "the first" and "on the 1st" are dates. */
function isOrdinalThing(tokens: readonly Token[], start: number, day: DayOfMonth): boolean {
  if (tokens[start]?.kind !== 'word') return false;
  const before = word(tokens, start - 1);
  const next = tokens[day.end];
  return (
    !['the', 'el'].includes(before) ||
    (next !== undefined &&
      next.clause === tokens[start].clause &&
      !['of', 'and', 'or', 'but', 'y'].includes(next.text))
  );
}

const nextMonthEnds = [
  ['of', 'next', 'month'],
  ['next', 'month'],
  ['del', 'proximo', 'mes'],
  ['del', 'mes', 'que', 'viene'],
  ['del', 'mes', 'proximo'],
  ['de', 'el', 'proximo', 'mes'],
];

const monthEnds: readonly (readonly [readonly string[], number])[] = [
  [['end', 'of', 'next', 'month'], 1],
  [['fin', 'del', 'proximo', 'mes'], 1],
  [['fines', 'del', 'proximo', 'mes'], 1],
  [['fin', 'de', 'mes', 'proximo'], 1],
  [['end', 'of', 'the', 'month'], 0],
  [['end', 'of', 'this', 'month'], 0],
  [['end', 'of', 'month'], 0],
  [['end', 'of', 'da', 'month'], 0],
  [['last', 'day', 'of', 'the', 'month'], 0],
  [['last', 'of', 'the', 'month'], 0],
  [['months', 'end'], 0],
  [['month', 'end'], 0],
  [['monthend'], 0],
  [['eom'], 0],
  ...['fin', 'fines', 'final', 'finales'].flatMap((end) =>
    [['de', 'mes'], ['de', 'este', 'mes'], ['del', 'mes'], ['del', 'presente', 'mes']].map((rest) => [[end, ...rest], 0] as const),
  ),
  [['ultimo', 'dia', 'del', 'mes'], 0],
  [['ultimo', 'de', 'mes'], 0],
  [['ultimo', 'del', 'mes'], 0],
]; // prettier-ignore

const endOfMonth: Reader = (tokens, at, { today }) => {
  const found = monthEnds.find(([words]) => isRun(tokens, at, words));
  return found && { end: at + found[0].length, day: monthEnd(today, found[1]) };
};

/** Paydays of Spanish-speaking countries: the 15th and the last day of the month. */
const quincena: Reader = (tokens, at, { today }) => {
  if (!['quincena', 'kincena'].includes(word(tokens, at))) return undefined;
  const middle = dayOfMonthAfter(15, today, 0);
  return { end: at + 1, day: middle !== undefined && middle >= today ? middle : monthEnd(today) };
};

const dayUnits: Readonly<Record<string, number>> = {
  day: 1, days: 1, dia: 1, dias: 1, week: 7, weeks: 7, wk: 7, wks: 7, semana: 7, semanas: 7,
}; // prettier-ignore

/** `in 3 days`, `in a week`, `dentro de 3 días`, `3 days from now`; `2 days ago` and `hace 2 días` lie in the past. */
const counting: Reader = (tokens, at, { today }) => {
  const start = startOfCount(tokens, at);
  const isArticle = ['a', 'an', 'una', 'un'].includes(word(tokens, start));
  const count = isArticle ? { value: 1, end: start + 1 } : readNumberAt(tokens, start);
  if (count === undefined || !Number.isInteger(count.value) || count.value > 366) return undefined;
  const unit = dayUnits[word(tokens, count.end)];
  if (unit === undefined) return undefined;
  const end = count.end + 1;
  if (word(tokens, end) === 'ago' || word(tokens, start - 1) === 'hace')
    return { end: end + 1, day: today - count.value * unit };
  const isAhead = start > at || isRun(tokens, end, ['from', 'now']) || isRun(tokens, end, ['from', 'today']);
  return isAhead ? { end, day: today + count.value * unit } : undefined;
};

function startOfCount(tokens: readonly Token[], at: number): number {
  if (isRun(tokens, at, ['dentro', 'de'])) return at + 2;
  return ['in', 'within', 'en'].includes(word(tokens, at)) ? at + 1 : at;
}

const readers: readonly Reader[] = [
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
