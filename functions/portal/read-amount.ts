/** Longest amount that is looked at, in characters. */
const textLengthMax = 40;

/** Marks that may stand between figures and write none: spaces of every width, and the Swiss apostrophe. */
const gaps = /[\s'’]/gu;
/** A currency's sign or letters, before or after the figures; between them they would make another amount of it. */
const currencyMarks = /^[\p{Sc}\p{L}]+|[\p{Sc}\p{L}]+$/gu;

/**
 * Reads an amount as people of a language type it: full-width figures, currency signs, and points and commas in either role.
 * A mark in front of exactly three figures divides thousands where the language writes it so, else it is refused, because
 * nobody can tell what was meant. Undefined when the text is no amount.
 *
 * @example readAmount('1.234,50', 'es') // 1234.5
 * @example readAmount('1.234', 'en') // undefined
 */
export function readAmount(text: string, language: string): number | undefined {
  const plain = text
    .slice(0, textLengthMax)
    .normalize('NFKC')
    .replaceAll(gaps, '')
    .replaceAll(currencyMarks, '');
  if (!/^\d[\d.,]*$/.test(plain) || text.length > textLengthMax) return undefined;
  const mark = decimalMark(plain, language === 'es' ? ',' : '.');
  if (mark === undefined) return undefined;
  const [whole = '', decimals, ...more] = mark === '' ? [plain] : plain.split(mark);
  const grouping = mark === ',' ? '.' : mark === '.' ? ',' : /[.,]/.exec(whole)?.[0];
  const figures = grouping === undefined ? whole : ungrouped(whole, grouping);
  if (more.length > 0 || figures === undefined || !/^\d*$/.test(decimals ?? '')) return undefined;
  return Number(decimals === undefined ? figures : `${figures}.${decimals}`);
}

/** The mark before the decimals; '' when there are none, undefined when that cannot be told. */
function decimalMark(plain: string, usual: '.' | ','): string | undefined {
  const last = /[.,](?=\d*$)/.exec(plain)?.[0];
  if (last === undefined) return '';
  const other = last === '.' ? ',' : '.';
  if (plain.includes(other)) return last;
  const isRepeated = plain.indexOf(last) !== plain.lastIndexOf(last);
  const precedesThree = /[.,]\d{3}$/.test(plain);
  if (isRepeated || (precedesThree && last !== usual)) return '';
  return precedesThree ? undefined : last;
}

/** Figures without their dividers, when these stand where thousands are divided. */
function ungrouped(whole: string, mark: string): string | undefined {
  if (!whole.includes(mark)) return whole;
  const [first = '', ...groups] = whole.split(mark);
  const areThousands = /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
  return areThousands ? [first, ...groups].join('') : undefined;
}
