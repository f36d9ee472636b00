import type { ReplySettings } from '#shared/contracts/reply-words.ts';
import { amountAt, type MoneyContext, type ReadAmount } from './amounts.ts';
import { chineseDateAt } from './chinese-dates.ts';
import type { DateContext, ReadDate } from './day-rules.ts';
import { latinDateAt } from './latin-dates.ts';
import type { Searched } from './match-phrase.ts';
import { readNumberAt } from './numbers.ts';
import type { EntityName } from './phrase.ts';
import { timeAt, type ReadTime } from './times.ts';
import type { Token, Tokens } from './tokens.ts';

export interface Placed<T> {
  readonly at: number;
  readonly value: T;
}

/** A text with the sums, days and times that it names. */
export interface EntityText extends Searched {
  readonly amounts: readonly Placed<ReadAmount>[];
  readonly dates: readonly Placed<ReadDate>[];
  readonly times: readonly Placed<ReadTime>[];
}

export interface EntityContext {
  readonly dates: DateContext;
  readonly money: Omit<MoneyContext, 'dated'>;
  readonly dayparts: ReplySettings['dayparts'];
  /** Whether a word can be a person's name. */
  isName(token: Token | undefined): boolean;
}

/** Reads all of them, from the left; what belongs to a date or a time of the clock is no sum. */
export function readEntities({ tokens, questions }: Tokens, context: EntityContext): EntityText {
  const dates = readAll(
    tokens,
    (at) => latinDateAt(tokens, at, context.dates) ?? chineseDateAt(tokens, at, context.dates),
  );
  const dated = covered(dates);
  const times = readAll(tokens, (at) =>
    dated.has(at) && !isTonight(tokens, at) ? undefined : timeAt(tokens, at, context.dayparts),
  );
  const timed = covered(times.filter(({ value }) => value.time !== undefined || isHourWindow(value)));
  const taken = new Set([...dated, ...timed]);
  const amounts = readAll(tokens, (at) =>
    taken.has(at) ? undefined : amountAt(tokens, at, { ...context.money, dated }),
  );
  const ends = {
    amount: endsOf(amounts),
    date: endsOf(dates.filter(({ value }) => value.day === undefined || value.day >= context.dates.today)),
    past: endsOf(dates.filter(({ value }) => isPast(value, tokens, context.dates.today))),
    time: endsOf(times),
  };
  const endOf = (entity: EntityName, at: number): number | undefined => {
    if (entity === 'name') return context.isName(tokens[at]) ? at + 1 : undefined;
    if (entity === 'number') return readNumberAt(tokens, at)?.end;
    return ends[entity].get(at);
  };
  return { tokens, questions, amounts, dates, times, endOf };
}

/** A day that lies more than six months ahead was said about the past; in Chinese 了 tells what is done. */
function isPast({ day, end }: ReadDate, tokens: readonly Token[], today: number): boolean {
  return day === undefined ? tokens[end - 1]?.kind !== 'han' : day < today;
}

/** "今晚" and "tonight" are both a day and a part of it. */
function isTonight(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text;
  return text === 'tonight' || tokens[at + 1]?.text === '晚';
}

function isHourWindow({ window }: ReadTime): boolean {
  return window !== undefined && (window.startsWith('00:00') || window.endsWith('24:00'));
}

function readAll<T extends { readonly end: number }>(
  tokens: readonly Token[],
  read: (at: number) => T | undefined,
): readonly Placed<T>[] {
  const found: Placed<T>[] = [];
  for (let at = 0; at < tokens.length;) {
    const value = read(at);
    if (value !== undefined) found.push({ at, value });
    at = value === undefined ? at + 1 : Math.max(value.end, at + 1);
  }
  return found;
}

function covered(found: readonly Placed<{ readonly end: number }>[]): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { at, value } of found) for (let place = at; place < value.end; place += 1) places.add(place);
  return places;
}

function endsOf(found: readonly Placed<{ readonly end: number }>[]): ReadonlyMap<number, number> {
  return new Map(found.map(({ at, value }) => [at, value.end]));
}
