import { foldWord, normaliseText, tokenise } from './tokens.ts';

/** What a phrase can ask for beside words. */
export type EntityName = 'amount' | 'date' | 'past' | 'time' | 'number' | 'name';

/** One part of a phrase. A `gap` takes up to `max` tokens; `not` takes none and forbids; `start` and `end` are clause edges. */
export type Element =
  | { readonly kind: 'words'; readonly words: WordSet; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly max: number }
  | { readonly kind: 'not'; readonly words: WordSet }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** Alternatives of one part: single words, runs of words by their first one, and beginnings of words. */
export interface WordSet {
  readonly single: ReadonlySet<string>;
  readonly runs: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly prefixes: readonly string[];
  readonly entities: readonly EntityName[];
}

/** Bounds that keep the search for a phrase short whatever the text is. */
export const gapMax = 8;
export const elementsMax = 16;
export const alternativesMax = 400;

export const entityNames: readonly EntityName[] = ['amount', 'date', 'past', 'time', 'number', 'name'];

export class PhraseError extends Error {}

type Lists = Readonly<Record<string, readonly string[]>>;

/**
 * Reads a phrase of a table: parts with spaces between, each a word, `one|or|another`, `several_words`, `begin*`, a
 * `<list>` or one of <amount>, <date> (from today on), <past>, <time>, <number>, <name>; `?` after a part makes it optional, `..3` lets up to
 * three words pass, `!word` forbids a word at that place, `^` and `$` are the ends of a clause.
 *
 * @throws PhraseError with what is wrong with it.
 */
export function parsePhrase(phrase: string, lists: Lists): readonly Element[] {
  const parts = phrase.trim().split(/\s+/u);
  if (parts.length > elementsMax) throw new PhraseError(`has more than ${elementsMax} parts`);
  const elements = parts.map((part) => parsePart(part, lists));
  if (!elements.some(({ kind }) => kind === 'words')) throw new PhraseError('holds no word');
  return elements;
}

function parsePart(part: string, lists: Lists): Element {
  if (part === '^') return { kind: 'start' };
  if (part === '$') return { kind: 'end' };
  const gap = /^\.\.(\d{1,2})$/u.exec(part);
  if (gap !== null) return parseGap(Number(gap[1]));
  if (part.startsWith('!')) return { kind: 'not', words: parseWords(part.slice(1), lists) };
  const optional = part.endsWith('?') && part.length > 1;
  const body = optional ? part.slice(0, -1) : part;
  return { kind: 'words', words: parseWords(body, lists), optional };
}

function parseGap(max: number): Element {
  if (max < 1 || max > gapMax) throw new PhraseError(`has a gap of ${max} words: write ..1 to ..${gapMax}`);
  return { kind: 'gap', max };
}

/** Words, lists and runs of words between bars, as they are compared. */
export function parseWords(body: string, lists: Lists): WordSet {
  const alternatives = body.split('|').flatMap((word) => expand(word, lists));
  if (alternatives.length > alternativesMax)
    throw new PhraseError(`has more than ${alternativesMax} alternatives in one part`);
  const single = new Set<string>();
  const runs = new Map<string, string[][]>();
  const prefixes: string[] = [];
  const entities: EntityName[] = [];
  for (const alternative of alternatives) {
    const entity = entityNames.find((name) => alternative === `<${name}>`);
    if (entity !== undefined) {
      entities.push(entity);
      continue;
    }
    if (alternative.endsWith('*')) {
      prefixes.push(foldWord(normaliseText(alternative.slice(0, -1))));
      continue;
    }
    const words = wordsOf(alternative);
    const [first] = words;
    if (first === undefined) throw new PhraseError(`holds "${alternative}", which is no word`);
    if (words.length === 1) single.add(first);
    else runs.set(first, [...(runs.get(first) ?? []), words]);
  }
  return { single, runs, prefixes, entities };
}

function expand(word: string, lists: Lists): readonly string[] {
  const name = /^<([a-z]+)>$/u.exec(word)?.[1];
  if (name === undefined || entityNames.some((entity) => entity === name)) return [word];
  const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (list === undefined) throw new PhraseError(`names <${name}>, which is no list of this table`);
  return list;
}

/** The compared form of a word or several, `stop_it` or `stop it`. */
export function wordsOf(text: string): string[] {
  return tokenise(normaliseText(text.replaceAll('_', ' '))).tokens.map((token) => token.text);
}
