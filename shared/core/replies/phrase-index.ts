import type { PhraseKind } from '#shared/contracts/reply-words.ts';
import { matchPhrase, type Searched } from './match-phrase.ts';
import { entityNames, type Element, type EntityName, type WordSet } from './phrase.ts';

/** What a phrase stands for; `ignore` stands for nothing and takes the place of what it holds. */
export interface Phrase {
  readonly kind: PhraseKind | 'ignore';
  readonly strength: number;
  readonly elements: readonly Element[];
  /** Has a contrary of its own ("do not call"): what stands inside of it is meant. */
  readonly hasNegator: boolean;
}

/** A phrase found in a text, over the tokens from `start` to before `end`. */
export interface Match {
  readonly phrase: Phrase;
  readonly start: number;
  readonly end: number;
}

/** Phrases by the words that they can begin with, so that a text is compared with few of them. */
export interface PhraseIndex {
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  readonly byPrefix: ReadonlyMap<string, readonly Phrase[]>;
  readonly prefixLengths: readonly number[];
  readonly byEntity: ReadonlyMap<EntityName, readonly Phrase[]>;
}

export function indexPhrases(phrases: readonly Phrase[]): PhraseIndex {
  const byWord = new Map<string, Phrase[]>();
  const byPrefix = new Map<string, Phrase[]>();
  const byEntity = new Map<EntityName, Phrase[]>();
  for (const phrase of phrases) {
    for (const element of firstElements(phrase.elements)) {
      for (const entity of element.words.entities) add(byEntity, entity, phrase);
      for (const word of firstWords(element.words)) add(byWord, word, phrase);
      for (const prefix of element.words.prefixes) add(byPrefix, prefix, phrase);
    }
  }
  const prefixLengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))];
  return { byWord, byPrefix, prefixLengths, byEntity };
}

type FirstElement = Extract<Element, { kind: 'words' }>;

/** The parts that a match can begin with: the optional ones at the beginning and the first that is not. */
function firstElements(elements: readonly Element[]): readonly FirstElement[] {
  const first: FirstElement[] = [];
  for (const element of elements) {
    if (element.kind !== 'words') continue;
    first.push(element);
    if (!element.optional) break;
  }
  return first;
}

function firstWords({ single, runs }: WordSet): readonly string[] {
  return [...new Set([...single, ...runs.keys()])];
}

function add<Key>(map: Map<Key, Phrase[]>, key: Key, phrase: Phrase): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [phrase]);
  else if (list.at(-1) !== phrase) list.push(phrase);
}

/** All places of all phrases in a text. */
export function findMatches(index: PhraseIndex, searched: Searched): readonly Match[] {
  const matches: Match[] = [];
  searched.tokens.forEach(({ text }, at) => {
    matchAt(index.byWord.get(text), searched, at, matches);
    for (const length of index.prefixLengths) {
      if (length <= text.length) matchAt(index.byPrefix.get(text.slice(0, length)), searched, at, matches);
    }
    for (const entity of entityNames) {
      const phrases = index.byEntity.get(entity);
      if (phrases !== undefined && searched.endOf(entity, at) !== undefined)
        matchAt(phrases, searched, at, matches);
    }
  });
  return matches;
}

function matchAt(
  phrases: readonly Phrase[] | undefined,
  searched: Searched,
  at: number,
  matches: Match[],
): void {
  for (const phrase of phrases ?? []) {
    const end = matchPhrase(phrase.elements, searched, at);
    if (end !== undefined) matches.push({ phrase, start: at, end });
  }
}
