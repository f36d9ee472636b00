import type { EntityName, Element, WordSet } from './phrase.ts';
import type { Token } from './tokens.ts';

/** A text as phrases are looked for in it: its tokens, and what begins at each: amounts, dates, times, names. */
export interface Searched {
  readonly tokens: readonly Token[];
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
  const sentence = searched.tokens[start]?.sentence;
  let ends: readonly number[] = [start];
  for (const element of elements) {
    const next = new Set<number>();
    for (const at of ends) step(element, searched, at, next);
    if (next.size === 0) return undefined;
    ends = [...next];
  }
  let nearest: number | undefined;
  for (const end of ends) {
    const isInside = end > start && searched.tokens[end - 1]?.sentence === sentence;
    if (isInside && (nearest === undefined || end < nearest)) nearest = end;
  }
  return nearest;
}

function step(element: Element, searched: Searched, at: number, next: Set<number>): void {
  switch (element.kind) {
    case 'words':
      if (element.optional) next.add(at);
      stepWords(element.words, searched, at, next);
      return;
    case 'gap':
      for (let end = at; end <= at + element.max; end += 1) {
        next.add(end);
        // A gap must not reach out of its sentence.
        if (searched.tokens[end]?.sentence !== searched.tokens[at]?.sentence) break;
      }
      return;
    case 'not':
      if (!beginsAt(element.words, searched.tokens, at)) next.add(at);
      return;
    case 'start':
      if (searched.tokens[at - 1]?.clause !== searched.tokens[at]?.clause) next.add(at);
      return;
    case 'end':
      if (searched.tokens[at - 1]?.clause !== searched.tokens[at]?.clause) next.add(at);
  }
}

function stepWords(words: WordSet, searched: Searched, at: number, next: Set<number>): void {
  const { tokens } = searched;
  const text = tokens[at]?.text;
  if (text === undefined) return;
  if (words.single.has(text)) next.add(at + 1);
  for (const prefix of words.prefixes) if (text.startsWith(prefix)) next.add(at + 1);
  for (const run of words.runs.get(text) ?? []) if (isRunAt(run, tokens, at)) next.add(at + run.length);
  for (const entity of words.entities) {
    const end = searched.endOf(entity, at);
    if (end !== undefined) next.add(end);
  }
}

function isRunAt(run: readonly string[], tokens: readonly Token[], at: number): boolean {
  return run.every((word, offset) => tokens[at + offset]?.text === word);
}

/** Whether one of the words, or a run of them, begins at a token. */
export function beginsAt(words: WordSet, tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text;
  if (text === undefined) return false;
  if (words.single.has(text) || words.prefixes.some((prefix) => text.startsWith(prefix))) return true;
  return (words.runs.get(text) ?? []).some((run) => isRunAt(run, tokens, at));
}
