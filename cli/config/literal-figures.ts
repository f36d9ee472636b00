import { currencyDigits } from '#shared/kernel/currency.ts';

/** An amount or a date that stands written out in a text. */
export interface LiteralFigure {
  readonly kind: 'amount' | 'date';
  readonly text: string;
  /** Where it stands in the text. */
  readonly at: number;
}

const amounts: readonly RegExp[] = [
  /\p{Sc}\s?\d[\d.,]*/gu,
  /\d[\d.,]*\s?\p{Sc}/gu,
  /\d[\d.,]*\s?(?:dollars?|euros?|pesos?|pounds?|yuan)(?!\p{L})/giu,
  /\d[\d.,]*\s?[元圆圓块塊]/gu,
  /(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?!\d)/gu,
  /(?<![\d.,])\d+[.,]\d{2}(?![\d.,]*\d)/gu,
];
/** A currency's code beside a number; other capitals may stand there. */
const coded = /(?<!\p{L})([A-Z]{3})\s?\d[\d.,]*|\d[\d.,]*\s?([A-Z]{3})(?!\p{L})/gu;

const dates: readonly RegExp[] = [
  /(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/gu,
  /(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)/gu,
  // A day and a month; "24/7" is neither.
  /(?<![\d/])(?!24\/7(?!\d))\d{1,2}\/\d{1,2}(?![\d/])/gu,
  /\d{1,4}\s?年|\d{1,2}\s?月|\d{1,2}\s?[日号號]/gu,
];

/**
 * Amounts and dates that a text writes out. They would be the same for every person, and written as one language writes
 * them: a text names them by variables instead. Bare numbers ("press 1", "14 days") are neither.
 */
export function literalFigures(text: string, locale: string): readonly LiteralFigure[] {
  const found = [
    ...amounts.flatMap((pattern) => figuresOf('amount', text, pattern)),
    ...Array.from(text.matchAll(coded))
      .filter(([, before, after]) => currencyDigits(before ?? after ?? '') !== null)
      .map((match) => figureOf('amount', match)),
    ...[...dates, ...withMonthIn(locale)].flatMap((pattern) => figuresOf('date', text, pattern)),
  ];
  return withoutOverlaps(found);
}

function figuresOf(kind: LiteralFigure['kind'], text: string, pattern: RegExp): LiteralFigure[] {
  return Array.from(text.matchAll(pattern), (match) => figureOf(kind, match));
}

/** A point or comma at the end belongs to the sentence. */
function figureOf(kind: LiteralFigure['kind'], match: RegExpExecArray): LiteralFigure {
  return { kind, text: match[0].replace(/[.,]+$/u, ''), at: match.index };
}

/**
 * A day beside a month's name, such as "Nov 1" or "1 de noviembre", where the language has names for months. Written as
 * names are: "may 1" can be other words.
 */
function withMonthIn(locale: string): readonly RegExp[] {
  const names = (['long', 'short'] as const).flatMap((month) => {
    const format = new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, index) => format.format(Date.UTC(2026, index, 15)));
  });
  const months = names.map((name) => name.replace(/\.$/u, '')).filter((name) => !/\d/u.test(name));
  if (months.length === 0) return [];
  const day = String.raw`\d{1,2}(?:st|nd|rd|th|\.)?`;
  const either = `(?:${[...new Set([...months, ...months.map(capitalised)])].join('|')})`;
  const pattern = new RegExp(
    String.raw`${day}\s?(?:de\s|of\s)?${either}(?!\p{L})|(?<!\p{L})${either}\.?\s${day}(?!\d)`,
    'gu',
  );
  return [pattern];
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** One figure is told once: the longest reading of it. */
function withoutOverlaps(figures: readonly LiteralFigure[]): readonly LiteralFigure[] {
  const kept: LiteralFigure[] = [];
  for (const figure of [...figures].sort((a, b) => b.text.length - a.text.length)) {
    if (kept.every((one) => isApart(one, figure))) kept.push(figure);
  }
  return kept.sort((a, b) => a.at - b.at);
}

function isApart(one: LiteralFigure, other: LiteralFigure): boolean {
  return one.at + one.text.length <= other.at || other.at + other.text.length <= one.at;
}
