import { readNumberAt, type ReadNumber } from './numbers.ts';
import { isTextAt, sentenceAt, textAt, type Token } from './tokens.ts';

/** What amounts are worked out from. */
export interface MoneyContext {
  readonly currency: string | undefined;
  readonly balance: number | undefined;
  readonly minimumDue: number | undefined;
  /** Tokens that belong to a date: 月 of "500月底" counts no months. */
  readonly dated: ReadonlySet<number>;
}

/** A sum of money that a text names; `value` is undefined where it was named by its relation to a balance that is unknown. */
export interface ReadAmount {
  readonly end: number;
  readonly value: number | undefined;
  readonly currency: string | undefined;
  /** A number without any word of money: money only where money is promised. */
  readonly isBare: boolean;
}

/** Currencies that a sign or word can mean; that of the account is taken when it is one of them, else the first. */
const currencyWords: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'CAD', 'AUD', 'SGD', 'MXN', 'COP', 'CLP', 'TWD', 'HKD', 'NZD', 'ARS'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['CNY', 'JPY'],
  '%': [],
};
const wordGroups: readonly (readonly [string, readonly string[]])[] = [
  [
    'usd us dollar dollars dolar dolares dollers bucks buck',
    ['USD', 'CAD', 'AUD', 'SGD', 'HKD', 'NZD', 'TWD'],
  ],
  ['美元 美金 刀', ['USD']],
  ['peso pesos varos lana mxn', ['MXN', 'COP', 'CLP', 'ARS', 'PHP']],
  ['euro euros eur', ['EUR']],
  ['pound pounds quid gbp', ['GBP']],
  ['rmb cny 元 块 圆 人民币 蚊 yuan', ['CNY', 'TWD', 'HKD', 'SGD', 'USD']],
  ['soles', ['PEN']],
  ['twd 台币 nt ntd', ['TWD']],
  ['sgd 新币 新元', ['SGD']],
  ['hkd 港币', ['HKD']],
];

const byWord: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(currencyWords),
  ...wordGroups.flatMap(([words, codes]) => words.split(' ').map((each) => [each, codes] as const)),
]);

/** The sum that begins at a token. */
export function amountAt(tokens: readonly Token[], at: number, money: MoneyContext): ReadAmount | undefined {
  return relationAt(tokens, at, money) ?? sumAt(tokens, at, money);
}

function sumAt(tokens: readonly Token[], at: number, money: MoneyContext): ReadAmount | undefined {
  const before = currencyAt(tokens, at);
  const read = readNumberAt(tokens, before === undefined ? at : before.end);
  if (read === undefined) return undefined;
  // "八百多": somewhat more than eight hundred.
  const end = textAt(tokens, read.end) === '多' ? read.end + 1 : read.end;
  if (before !== undefined) return sumIn(before, { ...read, end: wordEnd(tokens, end) }, money);
  const after = currencyAt(tokens, end);
  if (after !== undefined) return sumIn(after, { ...read, end: after.end }, money);
  return isCounted(tokens, { at, read, dated: money.dated }) ? undefined : bare(read);
}

function sumIn(
  { codes }: SaidCurrency,
  { value, end }: ReadNumber,
  money: MoneyContext,
): ReadAmount | undefined {
  return codes.length === 0
    ? undefined
    : { end, value, currency: choose(codes, money.currency), isBare: false };
}

/** Behind "$75 dollars"; a second sign begins a further sum. */
function wordEnd(tokens: readonly Token[], at: number): number {
  const after = currencyAt(tokens, at);
  return after === undefined || tokens[at]?.kind === 'sign' ? at : after.end;
}

interface SaidCurrency {
  /** None where the sign is one of no currency: a share of a hundred. */
  readonly codes: readonly string[];
  readonly end: number;
}

function currencyAt(tokens: readonly Token[], at: number): SaidCurrency | undefined {
  for (const length of [3, 2, 1]) {
    const text = length === 1 ? textAt(tokens, at) : hanText(tokens, at, length);
    const codes = byWord.get(text);
    if (codes !== undefined) return { codes, end: at + length + (isTextAt(tokens, at, '块钱') ? 1 : 0) };
  }
  return undefined;
}

function hanText(tokens: readonly Token[], at: number, length: number): string {
  const run = tokens.slice(at, at + length);
  return run.every(({ kind }) => kind === 'han') ? run.map(({ text }) => text).join('') : '';
}

function choose(codes: readonly string[], own: string | undefined): string | undefined {
  return own !== undefined && codes.includes(own) ? own : codes[0];
}

/** Least sum that is money without a word of money: less is a count, a choice or an ordinal. */
const bareMin = 5;
const spelledMin = 10;
/** Most figures of a number without separators that is still a sum and no telephone or case number. */
const bareMax = 100_000_000;

function bare(read: ReadNumber): ReadAmount | undefined {
  if (read.value < (read.isWord ? spelledMin : bareMin) || read.value >= bareMax) return undefined;
  return { end: read.end, value: read.value, currency: undefined, isBare: true };
}

const countedWords = new Set(
  (
    'day days week weeks wk wks month months mo mos year years yr yrs hour hours hr hrs min mins minutes am pm oclock time times payment payments ' +
    'part parts installment installments instalments kid kids children people percent th st nd rd x dia dias semana semanas mes meses ano anos hora horas ' +
    'veces vez pago pagos parte partes cuota cuotas plazos hijos por points stars % 天 个 期 次 月 号 点 分 周 岁 年 日 时 礼 星 位 条 遍 楼 折 小 几 通 回 封 名 家 张 台 件 项 口'
  ).split(' '),
);
const beforeCount = new Set(['chapter', 'capitulo', 'case', 'caso', 'number', 'no', 'num', 'numero', '#', 'apt', 'age', 'account', 'acct', 'ending', 'age', 'call', 'option', 'press', '第', 'since', 'than']); // prettier-ignore

/** A number that counts or names something, and is no money. */
function isCounted(
  tokens: readonly Token[],
  {
    at,
    read,
    dated,
  }: { readonly at: number; readonly read: ReadNumber; readonly dated: ReadonlySet<number> },
): boolean {
  const next = dated.has(read.end) ? undefined : tokens[read.end];
  const isUnit = next !== undefined && isUnitOf(next, sentenceAt(tokens, at));
  return isUnit || isYear(tokens, at, read) || beforeCount.has(textAt(tokens, at - 1));
}

/** What a number counts; one that goes on with letters, "7th" or "12b", is a name. */
function isUnitOf({ text, kind, joined, sentence }: Token, ofSentence: number): boolean {
  return (countedWords.has(text) && sentence === ofSentence) || (joined && kind === 'word');
}

const yearMarks = new Set(['in', 'since', 'of', 'from', 'en', 'del', 'desde']);

/** "Discharged in 2015": a year and no sum. */
function isYear(tokens: readonly Token[], at: number, { value }: ReadNumber): boolean {
  return (
    value >= 1_990 &&
    value <= 2_040 &&
    /^\d{4}$/u.test(textAt(tokens, at)) &&
    yearMarks.has(textAt(tokens, at - 1))
  );
}

const minimumWords = [
  ['the', 'minimum'],
  ['minimum'],
  ['min', 'payment'],
  ['the', 'min'],
  ['el', 'minimo'],
  ['pago', 'minimo'],
  ['minimo'],
  ['最', '低'],
];
const halfWords = [['half', 'of', 'it'], ['half'], ['la', 'mitad'], ['mitad'], ['一', '半'], ['半', '数']];
const fullWords = [
  ['in', 'full'], ['full', 'amount'], ['full', 'balance'], ['full', 'payment'], ['whole', 'thing'], ['whole', 'amount'], ['whole', 'balance'], ['entire', 'balance'], ['entire', 'amount'],
  ['all', 'of', 'it'], ['everything'], ['total', 'amount'], ['it', 'all'], ['pay', 'it', 'off'], ['paying', 'it', 'off'], ['pay', 'off', 'the', 'balance'],
  ['todo'], ['la', 'totalidad'], ['el', 'total'], ['completo'], ['toda', 'la', 'deuda'], ['saldo', 'completo'],
  ['全', '部'], ['全', '额'], ['还', '清'], ['缴', '清'], ['付', '清'], ['结', '清'], ['清', '账'], ['一', '次', '性'], ['全', '还'], ['都', '还'],
]; // prettier-ignore

/** `the minimum`, `half`, `in full`: sums that follow from the account. */
function relationAt(tokens: readonly Token[], at: number, money: MoneyContext): ReadAmount | undefined {
  const found = (lists: readonly (readonly string[])[]): readonly string[] | undefined =>
    lists.find((words) => words.every((each, offset) => textAt(tokens, at + offset) === each));
  const minimum = found(minimumWords);
  if (minimum !== undefined) return relation(at + minimum.length, money.minimumDue, money);
  const half = found(halfWords);
  if (half !== undefined) return relation(at + half.length, halfOf(money.balance), money);
  const full = found(fullWords);
  return full && relation(at + full.length, money.balance, money);
}

function relation(end: number, value: number | undefined, money: MoneyContext): ReadAmount {
  return { end, value, currency: money.currency, isBare: false };
}

function halfOf(balance: number | undefined): number | undefined {
  return balance === undefined ? undefined : Math.round(balance * 50) / 100;
}
