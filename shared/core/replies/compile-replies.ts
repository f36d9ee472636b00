import type { ReplyKind, ReplyLanguage } from '#shared/contracts/replies.ts';
import type { ReplyRules, ReplySettings, ReplyTable } from '#shared/contracts/reply-words.ts';
import { parsePhrase, PhraseError, parseWords, wordsOf, type Element, type WordSet } from './phrase.ts';
import { indexPhrases, type Phrase, type PhraseIndex } from './phrase-index.ts';
import { calendarWords } from './calendar-words.ts';
import { toSpelling, type Spelling } from './spelling.ts';

export type ReplyChannelName = 'call' | 'sms' | 'email';

/** The tables of all languages as the reader uses them: one reader understands mixed messages. */
export interface CompiledReplies {
  readonly settings: ReplySettings;
  readonly index: PhraseIndex;
  /** Kind of a whole message, by its words with one space between. */
  readonly keywords: ReadonlyMap<string, ReplyKind>;
  readonly answers: ReadonlyMap<string, 'confirm' | 'deny'>;
  readonly fillers: ReadonlySet<string>;
  readonly negators: WordSet;
  readonly reporters: WordSet;
  readonly subjects: WordSet;
  readonly accused: WordSet;
  readonly innocent: WordSet;
  readonly breaks: WordSet;
  readonly conditions: WordSet;
  readonly channels: readonly (readonly [ReplyChannelName, WordSet])[];
  readonly marks: ReadonlyMap<string, readonly ReplyLanguage[]>;
  readonly spelling: Spelling;
}

/** How strongly wording speaks for its kind: 1 would be certainty. A hint does not reach what is listed by itself. */
export const strengths = { sure: 0.92, likely: 0.72, hint: 0.35 } as const;

/**
 * Compiles the tables of replies.
 *
 * @throws PhraseError when a phrase is malformed; `replyTableProblems` lists all of them beforehand.
 */
export function compileReplies({ settings, tables }: ReplyRules): CompiledReplies {
  const negators = wordSet(tables, 'negators');
  const phrases = tables.flatMap((table) => phrasesOf(table, negators));
  const keywords = new Map<string, ReplyKind>();
  const answers = new Map<string, 'confirm' | 'deny'>();
  for (const table of tables) {
    for (const [kind, words] of entriesOf(table.keywords)) addAll(keywords, words, kind);
    for (const [kind, words] of entriesOf(table.answers ?? {})) addAll(answers, words, kind);
  }
  return {
    settings,
    index: indexPhrases(phrases),
    keywords,
    answers,
    fillers: new Set(
      tables.flatMap(({ fillers }) => (fillers ?? []).map((words) => wordsOf(words).join(' '))),
    ),
    negators,
    reporters: wordSet(tables, 'reporters'),
    subjects: wordSet(tables, 'subjects'),
    accused: wordSet(tables, 'accused'),
    innocent: wordSet(tables, 'innocent'),
    breaks: wordSet(tables, 'breaks'),
    conditions: wordSet(tables, 'conditions'),
    channels: (['call', 'sms', 'email'] as const).map((channel) => [
      channel,
      parseWords(
        tables
          .flatMap((table) => table.channels?.[channel] ?? [])
          .map(underscored)
          .join('|') || nothing,
        {},
      ),
    ]),
    marks: marksOf(tables),
    spelling: spellingOf(tables, phrases, [...keywords.keys()]),
  };
}

/** What is wrong with the phrases of a table: where each stands in its file, and what to do. */
export interface TableProblem {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

export function replyTableProblems(table: ReplyTable): readonly TableProblem[] {
  const problems: TableProblem[] = [];
  const check = (path: readonly (string | number)[], phrase: string): void => {
    try {
      parsePhrase(phrase, table.lists ?? {});
    } catch (error) {
      if (!(error instanceof PhraseError)) throw error;
      problems.push({ path, problem: error.message });
    }
  };
  for (const [kind, byStrength] of entriesOf(table.phrases)) {
    for (const [strength, list] of entriesOf(byStrength)) {
      list.forEach((phrase, index) => {
        check(['phrases', kind, strength, index], phrase);
      });
    }
  }
  (table.ignore ?? []).forEach((phrase, index) => {
    check(['ignore', index], phrase);
  });
  return problems;
}

function entriesOf<Key extends string, Value>(
  record: Partial<Record<Key, Value>>,
): [Key, NonNullable<Value>][] {
  const entries: [Key, NonNullable<Value>][] = [];
  for (const key in record) {
    const value = record[key];
    if (value !== undefined && value !== null) entries.push([key, value]);
  }
  return entries;
}

function addAll<Kind>(map: Map<string, Kind>, words: readonly string[], kind: Kind): void {
  for (const each of words) map.set(keyOf(each), kind);
}

/** Emoji have no tokens; they stand for themselves. */
function keyOf(words: string): string {
  const tokens = wordsOf(words);
  return tokens.length > 0 ? tokens.join(' ') : words;
}

type ListName = 'negators' | 'reporters' | 'subjects' | 'accused' | 'innocent' | 'breaks' | 'conditions';

/** No word is written so: an empty list is a list that matches nothing. */
const nothing = '\u0000x';

function wordSet(tables: readonly ReplyTable[], name: ListName): WordSet {
  const words = tables.flatMap((table) => table[name] ?? []).map(underscored);
  return words.length === 0
    ? { single: new Set(), runs: new Map(), prefixes: [], entities: [] }
    : parseWords(words.join('|'), {});
}

function underscored(words: string): string {
  return words.replaceAll(' ', '_');
}

function phrasesOf(table: ReplyTable, negators: WordSet): readonly Phrase[] {
  const phrases: Phrase[] = [];
  const add = (kind: Phrase['kind'], strength: number, phrase: string): void => {
    const elements = parsePhrase(phrase, table.lists ?? {});
    phrases.push({ kind, strength, elements, hasNegator: holdsAny(elements, negators) });
  };
  for (const [kind, byStrength] of entriesOf(table.phrases)) {
    for (const [strength, list] of entriesOf(byStrength))
      for (const phrase of list) add(kind, strengths[strength], phrase);
  }
  for (const phrase of table.ignore ?? []) add('ignore', 1, phrase);
  return phrases;
}

function holdsAny(elements: readonly Element[], words: WordSet): boolean {
  const negators = [...words.runs.values()].flat().map((run) => ` ${run.join(' ')} `);
  const isOne = (run: readonly string[]): boolean =>
    run.some((word) => words.single.has(word)) ||
    negators.some((negator) => ` ${run.join(' ')} `.includes(negator));
  return elements.some(
    (element) =>
      element.kind === 'words' &&
      ([...element.words.single].some((word) => words.single.has(word)) ||
        [...element.words.runs.values()].flat().some(isOne)),
  );
}

function marksOf(tables: readonly ReplyTable[]): ReadonlyMap<string, readonly ReplyLanguage[]> {
  const marks = new Map<string, ReplyLanguage[]>();
  for (const { language, marks: words } of tables) {
    for (const word of words.flatMap(wordsOf)) marks.set(word, [...(marks.get(word) ?? []), language]);
  }
  return marks;
}

/** Words that are right as they are, and those of the phrases, which others may be misspellings of. */
function spellingOf(
  tables: readonly ReplyTable[],
  phrases: readonly Phrase[],
  keywords: readonly string[],
): Spelling {
  const wanted = new Set<string>(keywords.flatMap((keyword) => keyword.split(' ')));
  for (const element of phrases.flatMap(({ elements }) => elements))
    if (element.kind === 'words') addWords(wanted, element.words);
  const right = tables.flatMap(({ marks, spared = [], lists = {} }) => [
    ...marks,
    ...spared,
    ...Object.values(lists).flat(),
  ]);
  return toSpelling([...wanted, ...calendarWords(), ...right.flatMap(wordsOf)], wanted);
}

function addWords(words: Set<string>, { single, runs }: WordSet): void {
  for (const word of single) words.add(word);
  for (const word of [...runs.values()].flat(2)) words.add(word);
}
