import type { Token } from './tokens.ts';

/** A number that a text names, with the token behind it. `isWord`: spelt out. */
export interface ReadNumber {
  readonly value: number;
  readonly end: number;
  readonly isWord: boolean;
}

const units: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30,
  forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
  un: 1, uno: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, doce: 12,
  trece: 13, catorce: 14, quince: 15, dieciseis: 16, diecisiete: 17, dieciocho: 18, diecinueve: 19, veinte: 20, veintiuno: 21,
  veintidos: 22, veintitres: 23, veinticuatro: 24, veinticinco: 25, veintiseis: 26, veintisiete: 27, veintiocho: 28,
  veintinueve: 29, treinta: 30, cuarenta: 40, cincuenta: 50, sesenta: 60, setenta: 70, ochenta: 80, noventa: 90, cien: 100,
  ciento: 100, doscientos: 200, doscientas: 200, trescientos: 300, trescientas: 300, cuatrocientos: 400, cuatrocientas: 400,
  quinientos: 500, quinientas: 500, seiscientos: 600, seiscientas: 600, setecientos: 700, ochocientos: 800, novecientos: 900,
}; // prettier-ignore

const multipliers: Readonly<Record<string, number>> = {
  hundred: 100, hunnid: 100, thousand: 1_000, grand: 1_000, mil: 1_000, million: 1_000_000, millon: 1_000_000, millones: 1_000_000,
}; // prettier-ignore

/** Behind figures: `3k`, `2 mil`, `1万`. */
const suffixes: Readonly<Record<string, number>> = {
  k: 1_000, mil: 1_000, grand: 1_000, thousand: 1_000, hundred: 100, lucas: 1_000, million: 1_000_000, millones: 1_000_000,
  千: 1_000, 百: 100, 万: 10_000, w: 10_000,
}; // prettier-ignore

/** The number that begins at a token: figures, English and Spanish words, Chinese numerals. */
export function readNumberAt(tokens: readonly Token[], at: number): ReadNumber | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'number') return figuresAt(tokens, at);
  return token.kind === 'han' ? chineseNumberAt(tokens, at) : wordsAt(tokens, at);
}

function figuresAt(tokens: readonly Token[], at: number): ReadNumber | undefined {
  const value = readFigures(tokens[at]?.text ?? '');
  if (value === undefined) return undefined;
  const next = tokens[at + 1];
  const times = next === undefined ? undefined : suffixOf(next);
  if (times === undefined) return { value, end: at + 1, isWord: false };
  const further = next?.kind === 'han' ? chineseTail(tokens, at + 2, times) : undefined;
  if (further === undefined) return { value: round(value * times), end: at + 2, isWord: false };
  return { value: round(value * times + further.value), end: further.end, isWord: false };
}

function suffixOf({ text, joined }: Token): number | undefined {
  const isShort = text === 'k' || text === 'w';
  return Object.hasOwn(suffixes, text) && (joined || !isShort) ? suffixes[text] : undefined;
}

/**
 * `1,234.50`, `1.234,50`, `1 234`, `75.5`, `500`. The last separator is the decimal one when one or two figures follow;
 * three figures behind it make it a separator of thousands, because money has no three decimals here.
 */
export function readFigures(text: string): number | undefined {
  if (!/^\d{1,12}(?:[.,]\d{1,12})*$/u.test(text)) return undefined;
  const groups = text.split(/[.,]/u);
  const last = groups.length > 1 ? (groups.at(-1) ?? '') : '';
  if (last === '') return Number(text);
  const whole = groups.slice(0, -1);
  const isGrouped = (parts: readonly string[]): boolean => parts.slice(1).every(({ length }) => length === 3);
  if (last.length <= 2 && isGrouped(whole)) return Number(`${whole.join('')}.${last}`);
  return isGrouped(groups) && (whole[0]?.length ?? 0) <= 3 ? Number(groups.join('')) : undefined;
}

function wordsAt(tokens: readonly Token[], start: number): ReadNumber | undefined {
  const first = tokens[start]?.text ?? '';
  let at = start;
  let sum = 0;
  let group = 0;
  // "A hundred", but "a" alone is no number.
  const isArticle = first === 'a' && Object.hasOwn(multipliers, tokens[start + 1]?.text ?? '');
  if (isArticle) at += 1;
  for (let word = tokens[at]?.text ?? ''; at < start + 12; word = tokens[at]?.text ?? '') {
    if (Object.hasOwn(units, word)) group += units[word] ?? 0;
    else if (Object.hasOwn(multipliers, word)) {
      const times = multipliers[word] ?? 1;
      const product = (group === 0 ? 1 : group) * times;
      if (times >= 1_000) [sum, group] = [sum + product, 0];
      else group = product;
    } else if (!isJoint(word, tokens[at + 1], at > start)) break;
    at += 1;
  }
  return at === start ? undefined : { value: sum + group, end: at, isWord: true };
}

/** The "and" of "two hundred and fifty", the "y" of "treinta y cinco", the hyphen of "eighty-five" is none of the tokens. */
function isJoint(word: string, next: Token | undefined, isInside: boolean): boolean {
  return (
    isInside && (word === 'and' || word === 'y') && next !== undefined && Object.hasOwn(units, next.text)
  );
}

const chineseDigits: Readonly<Record<string, number>> = {
  零: 0, 〇: 0, 一: 1, 壹: 1, 二: 2, 贰: 2, 两: 2, 俩: 2, 三: 3, 叁: 3, 四: 4, 五: 5, 伍: 5, 六: 6, 陆: 6, 七: 7, 八: 8, 九: 9,
}; // prettier-ignore
const chineseUnits: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1_000,
  仟: 1_000,
};

/** `五百`, `两千五` (2,500), `一万二` (12,000), `三百五十`; undefined where no numeral stands. */
export function chineseNumberAt(tokens: readonly Token[], start: number): ReadNumber | undefined {
  let at = start;
  let sum = 0;
  let section = 0;
  let digit: number | undefined;
  let lastUnit = 1;
  for (; at < start + 16; at += 1) {
    const char = tokens[at]?.text ?? '';
    const unit = chineseUnits[char];
    if (Object.hasOwn(chineseDigits, char))
      digit = (chineseDigits[char] ?? 0) + (lastUnit === 1 ? (digit ?? 0) * 10 : 0);
    else if (unit !== undefined) {
      section += (digit ?? 1) * unit;
      [digit, lastUnit] = [undefined, unit];
    } else if (char === '万' && at > start) {
      sum = (sum + section + (digit ?? 0)) * 10_000;
      [section, digit, lastUnit] = [0, undefined, 10_000];
    } else break;
  }
  if (at === start) return undefined;
  const isShort = lastUnit >= 100 && digit !== undefined && tokens[at - 2]?.text !== '零';
  const tail = isShort ? (digit ?? 0) * (lastUnit / 10) : (digit ?? 0);
  return { value: sum + section + tail, end: at, isWord: true };
}

/** The `2` or `两千` behind `1万`. */
function chineseTail(
  tokens: readonly Token[],
  at: number,
  unit: number,
): { readonly value: number; readonly end: number } | undefined {
  const token = tokens[at];
  if (token === undefined || !token.joined) return undefined;
  const isFigure = token.kind === 'number' && /^\d$/u.test(token.text);
  if (isFigure) return { value: (Number(token.text) * unit) / 10, end: at + 1 };
  const read = chineseNumberAt(tokens, at);
  if (read === undefined) return undefined;
  return { value: read.value < 10 ? (read.value * unit) / 10 : read.value, end: read.end };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
