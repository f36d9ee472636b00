import { byKey } from './by-key.ts';
import { textAt, type Token } from './tokens.ts';

/** A number that a text names, with the token behind it. `isWord`: spelt out. */
export interface ReadNumber {
  readonly value: number;
  readonly end: number;
  readonly isWord: boolean;
}

const units: ReadonlyMap<string, number> = byKey({
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30,
  forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
  un: 1, uno: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, doce: 12,
  trece: 13, catorce: 14, quince: 15, dieciseis: 16, diecisiete: 17, dieciocho: 18, diecinueve: 19, veinte: 20, veintiuno: 21,
  veintidos: 22, veintitres: 23, veinticuatro: 24, veinticinco: 25, veintiseis: 26, veintisiete: 27, veintiocho: 28,
  veintinueve: 29, treinta: 30, cuarenta: 40, cincuenta: 50, sesenta: 60, setenta: 70, ochenta: 80, noventa: 90, cien: 100,
  ciento: 100, doscientos: 200, doscientas: 200, trescientos: 300, trescientas: 300, cuatrocientos: 400, cuatrocientas: 400,
  quinientos: 500, quinientas: 500, seiscientos: 600, seiscientas: 600, setecientos: 700, ochocientos: 800, novecientos: 900,
}); // prettier-ignore

const multipliers: ReadonlyMap<string, number> = byKey({
  hundred: 100, hunnid: 100, thousand: 1_000, grand: 1_000, mil: 1_000, million: 1_000_000, millon: 1_000_000, millones: 1_000_000,
}); // prettier-ignore

/** Behind figures: `3k`, `2 mil`, `1万`. */
const suffixes: ReadonlyMap<string, number> = byKey({
  k: 1_000, mil: 1_000, grand: 1_000, thousand: 1_000, hundred: 100, lucas: 1_000, million: 1_000_000, millones: 1_000_000,
  千: 1_000, 百: 100, 万: 10_000, w: 10_000,
}); // prettier-ignore

/** The number that begins at a token: figures, English and Spanish words, Chinese numerals. */
export function readNumberAt(tokens: readonly Token[], at: number): ReadNumber | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'number') return figuresAt(tokens, at);
  return token.kind === 'han' ? chineseNumberAt(tokens, at) : wordsAt(tokens, at);
}

function figuresAt(tokens: readonly Token[], at: number): ReadNumber | undefined {
  const value = readFigures(textAt(tokens, at));
  if (value === undefined) return undefined;
  const next = tokens[at + 1];
  const times = next && suffixOf(next);
  if (times === undefined) return { value, end: at + 1, isWord: false };
  const further = chineseTail(tokens, at + 2, times);
  if (further === undefined) return { value: round(value * times), end: at + 2, isWord: false };
  return { value: round(value * times + further.value), end: further.end, isWord: false };
}

function suffixOf({ text, joined }: Token): number | undefined {
  const isShort = text === 'k' || text === 'w';
  return suffixes.has(text) && (joined || !isShort) ? suffixes.get(text) : undefined;
}

/**
 * `1,234.50`, `1.234,50`, `1 234`, `75.5`, `500`. The last separator is the decimal one when one or two figures follow;
 * three figures behind it make it a separator of thousands, because money has no three decimals here.
 */
export function readFigures(text: string): number | undefined {
  if (!/^\d{1,12}(?:[.,]\d{1,12})*$/u.test(text)) return undefined;
  const groups = text.split(/[.,]/u);
  const hasDecimals = /[.,]\d{1,2}$/u.test(text);
  const whole = hasDecimals ? groups.slice(0, -1) : groups;
  const isWhole = whole.length === 1 || (isGrouped(whole) && /^\d{1,3}[.,]/u.test(text));
  if (!isWhole) return undefined;
  return Number(whole.join('') + (hasDecimals ? `.${groups.slice(-1).join('')}` : ''));
}

/** Whether every group behind the first has the three figures of thousands. */
function isGrouped(groups: readonly string[]): boolean {
  return groups.slice(1).every(({ length }) => length === 3);
}

/** Longest number in words, in tokens. */
const wordsMax = 12;

function wordsAt(tokens: readonly Token[], start: number): ReadNumber | undefined {
  // "A hundred", but "a" alone is no number.
  const isArticle = textAt(tokens, start) === 'a' && multipliers.has(textAt(tokens, start + 1));
  const first = isArticle ? start + 1 : start;
  const sum = { whole: 0, group: 0 };
  let at = first;
  while (at < start + wordsMax && (addWord(sum, textAt(tokens, at)) || isJoint(tokens, at, at > first)))
    at += 1;
  return at === first ? undefined : { value: sum.whole + sum.group, end: at, isWord: true };
}

/** Adds one word of a number; false when it is none. */
function addWord(sum: { whole: number; group: number }, word: string): boolean {
  if (units.has(word)) {
    sum.group += units.get(word) ?? 0;
    return true;
  }
  if (!multipliers.has(word)) return false;
  const times = multipliers.get(word) ?? 1;
  const product = Math.max(sum.group, 1) * times;
  if (times >= 1_000) {
    sum.whole += product;
    sum.group = 0;
  } else sum.group = product;
  return true;
}

/** The "and" of "two hundred and fifty", the "y" of "treinta y cinco", the hyphen of "eighty-five" is none of the tokens. */
function isJoint(tokens: readonly Token[], at: number, isInside: boolean): boolean {
  const word = textAt(tokens, at);
  return isInside && (word === 'and' || word === 'y') && units.has(textAt(tokens, at + 1));
}

const chineseDigits: ReadonlyMap<string, number> = byKey({
  零: 0, 〇: 0, 一: 1, 壹: 1, 二: 2, 贰: 2, 两: 2, 俩: 2, 三: 3, 叁: 3, 四: 4, 五: 5, 伍: 5, 六: 6, 陆: 6, 七: 7, 八: 8, 九: 9,
}); // prettier-ignore
const chineseUnits: ReadonlyMap<string, number> = byKey({
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1_000,
  仟: 1_000,
});

/** Longest Chinese numeral, in characters. */
const numeralMax = 16;

/** A Chinese numeral while it is read: what is before 万, the section behind it, and a digit that has no unit yet. */
interface Numeral {
  whole: number;
  section: number;
  digit: number | undefined;
  lastUnit: number;
}

/** `五百`, `两千五` (2,500), `一万二` (12,000), `三百五十`; undefined where no numeral stands. */
export function chineseNumberAt(tokens: readonly Token[], start: number): ReadNumber | undefined {
  const numeral: Numeral = { whole: 0, section: 0, digit: undefined, lastUnit: 1 };
  let at = start;
  while (at < start + numeralMax && addChar(numeral, textAt(tokens, at), at > start)) at += 1;
  if (at === start) return undefined;
  const { whole, section, digit = 0, lastUnit } = numeral;
  // The five of 两千五 are hundreds; that of 两千零五 are not.
  const isShort = lastUnit >= 100 && textAt(tokens, at - 2) !== '零';
  return { value: whole + section + (isShort ? digit * (lastUnit / 10) : digit), end: at, isWord: true };
}

/** Adds one character of a numeral; false when it is none. */
function addChar(numeral: Numeral, char: string, isInside: boolean): boolean {
  const { digit = 0, section, whole, lastUnit } = numeral;
  const value = chineseDigits.get(char);
  const unit = chineseUnits.get(char);
  if (value !== undefined) numeral.digit = value + (lastUnit === 1 ? digit * 10 : 0);
  else if (unit !== undefined)
    Object.assign(numeral, {
      section: section + (numeral.digit ?? 1) * unit,
      digit: undefined,
      lastUnit: unit,
    });
  else if (char === '万' && isInside)
    Object.assign(numeral, {
      whole: (whole + section + digit) * 10_000,
      section: 0,
      digit: undefined,
      lastUnit: 10_000,
    });
  else return false;
  return true;
}

/** The `2` or `两千` behind `1万`. */
function chineseTail(
  tokens: readonly Token[],
  at: number,
  unit: number,
): { readonly value: number; readonly end: number } | undefined {
  const token = tokens[at];
  if (token === undefined || !token.joined || tokens[at - 1]?.kind !== 'han') return undefined;
  const read = /^\d$/u.test(token.text)
    ? { value: Number(token.text), end: at + 1 }
    : chineseNumberAt(tokens, at);
  return read && { value: read.value < 10 ? (read.value * unit) / 10 : read.value, end: read.end };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
