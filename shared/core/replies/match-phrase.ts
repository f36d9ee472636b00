import type { Element, EntityName, WordSet } from './phrase.ts';
import { clauseAt, isRunAt, sentenceAt, textAt, type Token } from './tokens.ts';

/** A text as phrases are looked for in it: its tokens, and what begins at each: amounts, dates, times, names. */
export interface Searched {
  readonly tokens: readonly Token[];
  readonly questions: ReadonlySet<number>;
  /** The first token behind an entity that begins here; undefined where none does. */
  endOf(entity: EntityName, at: number): number | undefined;
}

/**
 * The nearest end of a phrase that begins at a token, or undefined. All ways to match are followed at the same time, so
 * that the work is bounded by the parts times the gaps and never grows with a power of the text.
 */
export function matchPhrase(
  elements: readonly Element[],
  searched: Searched,
  start: number,
): number | undefined {
  let ends = [start];
  for (const element of elements) {
    const next: number[] = [];
    for (const at of ends) step(element, searched, at, next);
    if (next.length === 0) return undefined;
    ends = next;
  }
  return nearestEnd(ends, searched.tokens, start);
}

function nearestEnd(ends: readonly number[], tokens: readonly Token[], start: number): number | undefined {
  const sentence = sentenceAt(tokens, start);
  let nearest: number | undefined;
  for (const end of ends) {
    const isNearer = nearest === undefined || end < nearest;
    if (isNearer && end > start && sentenceAt(tokens, end - 1) === sentence) nearest = end;
  }
  return nearest;
}

function step(element: Element, searched: Searched, at: number, next: number[]): void {
  if (element.kind === 'words') {
    if (element.optional) add(next, at);
    stepWords(element.words, searched, at, next);
  } else if (element.kind === 'gap') stepGap(element.max, searched.tokens, at, next);
  else if (element.kind === 'not') {
    // What a comma sets apart forbids nothing.
    const isNear = clauseAt(searched.tokens, at - 1) === clauseAt(searched.tokens, at);
    if (!isNear || !beginsAt(element.words, searched.tokens, at)) add(next, at);
  } else if (clauseAt(searched.tokens, at - 1) !== clauseAt(searched.tokens, at)) add(next, at);
}

/** A gap must not reach out of its sentence. */
function stepGap(max: number, tokens: readonly Token[], at: number, next: number[]): void {
  const sentence = sentenceAt(tokens, at);
  for (let end = at; end <= at + max; end += 1) {
    add(next, end);
    if (sentenceAt(tokens, end) !== sentence) break;
  }
}

function stepWords(words: WordSet, searched: Searched, at: number, next: number[]): void {
  const { tokens } = searched;
  if (at >= tokens.length) return;
  const text = textAt(tokens, at);
  if (words.single.has(text) || hasPrefix(words, text)) add(next, at + 1);
  const runs = words.runs.get(text);
  if (runs !== undefined) for (const run of runs) if (isRunAt(tokens, at, run)) add(next, at + run.length);
  if (words.entities.length > 0) stepEntities(words.entities, searched, at, next);
}

function stepEntities(entities: WordSet['entities'], searched: Searched, at: number, next: number[]): void {
  for (const entity of entities) {
    const end = searched.endOf(entity, at);
    if (end !== undefined) add(next, end);
  }
}

function hasPrefix({ prefixes }: WordSet, text: string): boolean {
  for (const prefix of prefixes) if (text.startsWith(prefix)) return true;
  return false;
}

/** The ends are few: a list is quicker than a set. */
function add(ends: number[], end: number): void {
  if (!ends.includes(end)) ends.push(end);
}

/** Whether one of the words, or a run of them, begins at a token. */
export function beginsAt(words: WordSet, tokens: readonly Token[], at: number): boolean {
  if (at < 0 || at >= tokens.length) return false;
  const text = textAt(tokens, at);
  if (words.single.has(text) || hasPrefix(words, text)) return true;
  return (words.runs.get(text) ?? []).some((run) => isRunAt(tokens, at, run));
}
