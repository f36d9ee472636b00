/** Longest amount that is looked at, in characters. */
const textLengthMax = 40;

/** Marks that may stand between figures and write none: spaces of every width, and the Swiss apostrophe. */
const gaps = /[\s'\u2019]/gu;
/** A currency's sign or letters, before or after the figures; between them they would make another amount of it. */
const currencyMarks = /^[\p{Sc}\p{L}]+|[\p{Sc}\p{L}]+$/gu;

/** How amounts are written: by the language of the reader, with the decimals of the currency. */
export interface AmountWriting {
  readonly language: string;
  readonly digits: number;
}

function markOf(language: string): '.' | ',' {
  return language === 'es' ? ',' : '.';
}

/** An amount for a field, without currency and thousands, so that `readAmount` reads the same. */
export function amountForField(amount: number, { language, digits }: AmountWriting): string {
  return amount.toFixed(digits).replace('.', markOf(language));
}

/**
 * Reads an amount as people of a language type it: full-width figures, currency signs, and points and commas in either role.
 * A mark in front of exactly three figures divides thousands where the language writes it so, else it is refused, because
 * nobody can tell what was meant. Undefined when the text is no amount.
 *
 * @example readAmount('1.234,50', { language: 'es', digits: 2 }) // 1234.5
 * @example readAmount('1.234', { language: 'en', digits: 2 }) // undefined
 */
export function readAmount(text: string, { language, digits }: AmountWriting): number | undefined {
  if (text.length > textLengthMax) return undefined;
  const plain = text.normalize('NFKC').replaceAll(gaps, '').replaceAll(currencyMarks, '');
  const mark = decimalMark(plain, { usual: markOf(language), digits });
  return mark === undefined ? undefined : numberOf(plain, mark);
}

/** The mark before the decimals; '' when there are none, undefined when that cannot be told. */
function decimalMark(
  plain: string,
  { usual, digits }: { readonly usual: string; readonly digits: number },
): string | undefined {
  const marks = plain.replaceAll(/[^.,]/g, '');
  const last = marks.at(-1) ?? '';
  if (new Set(marks).size === 2) return last;
  if (marks.length > 1) return '';
  const precedesThree = /[.,]\d{3}$/.test(plain);
  if (!precedesThree) return last;
  // A currency with three decimals is the only one whose last three figures can be decimals.
  if (last === usual) return digits === 3 ? last : undefined;
  return '';
}

function numberOf(plain: string, mark: string): number | undefined {
  const [whole = '', decimals = '0', ...more] = mark === '' ? [plain] : plain.split(mark);
  const areThousands = /^\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+)$/.test(whole);
  const isWhole = /^\d+$/.test(whole) || areThousands;
  if (!isWhole || more.length > 0 || !/^\d*$/.test(decimals)) return undefined;
  return Number(`${whole.replaceAll(/[.,]/g, '')}.${decimals}`);
}
