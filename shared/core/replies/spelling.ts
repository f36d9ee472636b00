import { byKey } from './by-key.ts';
/** Words of the tables, in a form in which a misspelling of one is found without comparing it with all. */
export interface Spelling {
  readonly known: ReadonlySet<string>;
  /** Known words by each form that lacks one letter. */
  readonly byDeletion: ReadonlyMap<string, readonly string[]>;
}

/** Shortest word in which a wrong, missing or further letter is put right, in letters: short words have too many neighbours. */
const correctedLengthMin = 6;
/** Shortest word in which two letters that changed places are put right. */
const swappedLengthMin = 4;
const correctedLengthMax = 20;

/** @param known words that are right as they are. @param wanted those that others may be misspellings of. */
export function toSpelling(known: Iterable<string>, wanted: Iterable<string>): Spelling {
  const byDeletion = new Map<string, string[]>();
  for (const word of new Set(wanted)) {
    if (word.length < swappedLengthMin || word.length > correctedLengthMax) continue;
    for (const form of new Set([word, ...deletions(word)])) {
      const words = byDeletion.get(form);
      if (words === undefined) byDeletion.set(form, [word]);
      else words.push(word);
    }
  }
  return { known: new Set(known), byDeletion };
}

/**
 * The word of the tables that somebody meant: letters repeated for emphasis, figures in place of letters (`st0p`), letters
 * of another script that look alike, and one slip of the finger. A word that is known stays, and so does one that is
 * near to nothing.
 */
export function correctWord(word: string, { known, byDeletion }: Spelling): string {
  if (known.has(word) || word.length < 3) return word;
  for (const form of plainForms(word)) if (known.has(form)) return form;
  if (word.length < swappedLengthMin || word.length > correctedLengthMax) return word;
  return nearWord(word, byDeletion) ?? word;
}

function nearWord(word: string, byDeletion: Spelling['byDeletion']): string | undefined {
  for (const form of [word, ...deletions(word)]) {
    const near = (byDeletion.get(form) ?? []).find((candidate) => isSlip(word, candidate));
    if (near !== undefined) return near;
  }
  return undefined;
}

function deletions(word: string): readonly string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

const lookalikes: ReadonlyMap<string, string> = byKey({
  '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', т: 't', х: 'x', у: 'y',
  ѕ: 's', і: 'i', к: 'k', м: 'm', н: 'h', в: 'b', α: 'a', ε: 'e', ο: 'o', ρ: 'p', τ: 't', ι: 'i', ν: 'v',
}); // prettier-ignore

function* plainForms(word: string): Generator<string> {
  const single = word.replace(/(.)\1{2,}/gu, '$1');
  if (single !== word) {
    yield single;
    yield word.replace(/(.)\1{2,}/gu, '$1$1');
  }
  const latin = Array.from(single, (char) => lookalikes.get(char) ?? char).join('');
  if (latin !== single) yield latin;
  if (single.length >= 5 && /(.)\1/u.test(single)) yield single.replace(/(.)\1/gu, '$1');
}

/** Whether `word` is `right` with one letter wrong, missing or too many, or two neighbours swapped; the first letter must be right. */
function isSlip(word: string, right: string): boolean {
  if (word[0] !== right[0]) return false;
  const at = firstDifference(word, right);
  if (isSwap(word, right, at)) return true;
  const [short, long] = word.length < right.length ? [word, right] : [right, word];
  if (short.length < correctedLengthMin - 1 || long.length < correctedLengthMin) return false;
  const rest = long.slice(at + 1);
  return short.length === long.length ? short.slice(at + 1) === rest : short.slice(at) === rest;
}

function isSwap(word: string, right: string, at: number): boolean {
  const isCrossed = word[at] === right[at + 1] && word[at + 1] === right[at];
  return isCrossed && word.length === right.length && word.slice(at + 2) === right.slice(at + 2);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
