import { byKey } from './by-key.ts';
import { textAt, type Token } from './tokens.ts';

const ordinalWords: ReadonlyMap<string, number> = new Map(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth'
    .split(' ')
    .map((name, index) => [name, index + 1] as const),
).set('sixteenth', 16).set('seventeenth', 17).set('eighteenth', 18).set('nineteenth', 19).set('twentieth', 20).set('thirtieth', 30).set('primero', 1); // prettier-ignore
const tensWords: ReadonlyMap<string, number> = byKey({ twenty: 20, thirty: 30 });

/** An ordinal in words: `fifth`, `twenty second`. */
export function ordinalWordAt(
  tokens: readonly Token[],
  at: number,
): { value: number; end: number } | undefined {
  const tens = tensWords.get(textAt(tokens, at));
  const unit = ordinalWords.get(textAt(tokens, tens === undefined ? at : at + 1));
  if (unit === undefined) return undefined;
  if (tens === undefined) return { value: unit, end: at + 1 };
  return unit < 10 ? { value: tens + unit, end: at + 2 } : undefined;
}
