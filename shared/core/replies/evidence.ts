import type { PhraseKind } from '#shared/contracts/reply-words.ts';
import { strengths, type CompiledReplies } from './compile-replies.ts';
import type { EntityText } from './entities.ts';
import { isNegated } from './negation.ts';
import { findMatches, type Match } from './phrase-index.ts';
import { safetyKinds } from './rank-intents.ts';
import { clauseAt, sentenceAt, type Token } from './tokens.ts';

/** What speaks for a kind: how strongly, and the places, the strongest first. */
export interface Evidence {
  readonly confidence: number;
  readonly matches: readonly Match[];
}

export type EvidenceByKind = ReadonlyMap<PhraseKind, Evidence>;

/** No wording makes a reading certain. */
const confidenceMax = 0.98;
/** How much further wording of the same kind adds, as a share of its own strength. */
const furtherShare = 0.5;

/**
 * Looks for all phrases and weighs them. A phrase that says its contrary counts for nothing, and one that lies inside of a
 * longer one of another kind gives way to it: "don't call me at work" is no "don't call me".
 */
export function gatherEvidence(text: EntityText, rules: CompiledReplies): EvidenceByKind {
  const meant = findMatches(rules.index, text).filter((match) => !isNegated(match, text.tokens, rules));
  const byKind = new Map<PhraseKind, Match[]>();
  for (const match of withoutDone(withoutAsked(withoutContained(meant, text.tokens), text))) {
    const { kind } = match.phrase;
    if (kind === 'ignore') continue;
    const list = byKind.get(kind);
    if (list === undefined) byKind.set(kind, [match]);
    else list.push(match);
  }
  return new Map([...byKind].map(([kind, matches]) => [kind, weigh(matches, text.tokens)]));
}

/** "Can I pay 50 a month?" asks; what looks like a promise in the same question is none. */
function withoutAsked(matches: readonly Match[], { tokens, questions }: EntityText): readonly Match[] {
  const asked = new Set<number>();
  for (const { phrase, start } of matches) {
    const sentence = sentenceAt(tokens, start);
    const isPlan = phrase.kind === 'plan_request' && phrase.strength > strengths.likely;
    if (isPlan && (questions.has(sentence) || isAsking(tokens, sentence))) asked.add(sentence);
  }
  return matches.filter(
    ({ phrase, start }) => phrase.kind !== 'promise' || !asked.has(sentenceAt(tokens, start)),
  );
}

/** Beginnings and particles of a question that needs no question mark. */
const askingStarts = new Set([
  'can',
  'could',
  'may',
  'would',
  'is',
  'puedo',
  'podria',
  'podrian',
  'pueden',
  'puede',
  'me',
  'se',
]);
const askingParticles = new Set(['吗', '么', '嘛']);

function isAsking(tokens: readonly Token[], sentence: number): boolean {
  const first = tokens.find((token) => token.sentence === sentence);
  if (first !== undefined && askingStarts.has(first.text)) return true;
  return tokens.some((token) => token.sentence === sentence && askingParticles.has(token.text));
}

/** "Paid 50 on the 3rd": the sum and the day of what was paid already promise nothing. */
function withoutDone(matches: readonly Match[]): readonly Match[] {
  const paid = matches.filter(({ phrase }) => phrase.kind === 'paid' && phrase.strength > strengths.likely);
  return paid.length === 0
    ? matches
    : matches.filter(
        (match) => match.phrase.kind !== 'promise' || !paid.some((other) => overlap(other, match)),
      );
}

/** The strongest come first, then those that lie in one clause: their sums and days are nearest to what is meant. */
function weigh(matches: readonly Match[], tokens: readonly Token[]): Evidence {
  const apart = (match: Match): number => (isApart(match, tokens) ? 1 : 0);
  const sorted = [...matches].sort(
    (a, b) => b.phrase.strength - a.phrase.strength || apart(a) - apart(b) || a.start - b.start,
  );
  const counted: Match[] = [];
  let doubt = 1;
  for (const match of sorted) {
    const isFirst = counted.length === 0;
    if (!isFirst && counted.some((other) => overlap(match, other))) continue;
    counted.push(match);
    doubt *= 1 - match.phrase.strength * (isFirst ? 1 : furtherShare);
    // A hundred repetitions say no more than a few.
    if (counted.length >= 8) break;
  }
  return { confidence: Math.min(1 - doubt, confidenceMax), matches: sorted };
}

/** Whether a match reaches over a comma: what stands behind it may be said anew. */
function isApart({ start, end }: Match, tokens: readonly Token[]): boolean {
  return clauseAt(tokens, start) !== clauseAt(tokens, end - 1);
}

function overlap(a: Match, b: Match): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Kinds whose wording may take the place of a safety kind that it holds: "don't call me at work" is no opt-out. */
const milder: ReadonlySet<string> = new Set(['ignore', 'inconvenient', 'opt_in', 'help', 'bereavement']);

function withoutContained(matches: readonly Match[], tokens: readonly Token[]): readonly Match[] {
  const sorted = [...matches].sort(
    (a, b) => a.start - b.start || b.end - a.end || b.phrase.strength - a.phrase.strength,
  );
  const others = matches.filter(({ phrase }) => surrounding.has(phrase.kind)).slice(0, limitsMax);
  const widest = new Map<string, Match>();
  const kept: Match[] = [];
  for (const match of sorted) {
    const { kind, strength } = match.phrase;
    if ([...widest.values()].some((other) => takesPlaceOf(other, match, tokens))) continue;
    kept.push(match);
    const known = widest.get(kind);
    if (strength > strengths.hint && (known === undefined || match.end > known.end)) widest.set(kind, match);
  }
  return kept.filter((match) => !isLimited(match, kept) && !beginsInside(match, others));
}

const surrounding: ReadonlySet<string> = new Set(['ignore', 'opt_in']);

/** "Non-stop calls", "stop by": the word that a safety kind would begin with is a part of another expression. */
function beginsInside({ phrase, start }: Match, others: readonly Match[]): boolean {
  const isEnd = phrase.kind === 'opt_out' || phrase.kind === 'cease';
  const from = isEnd ? start : start - 1;
  const isBound = isSafety(phrase.kind) || phrase.kind === 'paid';
  return (
    isBound &&
    others.some((other) => isAround(other, from, start) && (isEnd || other.phrase.kind === 'ignore'))
  );
}

function isAround({ start, end }: Match, from: number, at: number): boolean {
  return start <= from && at < end;
}

function takesPlaceOf(wide: Match, match: Match, tokens: readonly Token[]): boolean {
  if (wide.phrase.kind === match.phrase.kind || wide.end < match.end) return false;
  if (wide.phrase.strength < match.phrase.strength || isSaidAnew(wide, match, tokens)) return false;
  if (!mayGiveWay(match.phrase.kind, wide.phrase.kind)) return false;
  return wide.start < match.start || wide.end > match.end || wide.phrase.kind === 'ignore';
}

/** What stands behind a comma is no part of a phrase that reaches over it. */
function isSaidAnew(wide: Match, match: Match, tokens: readonly Token[]): boolean {
  return isApart(wide, tokens) && !isApart(match, tokens) && match.start > wide.start;
}

function mayGiveWay(kind: Match['phrase']['kind'], to: Match['phrase']['kind']): boolean {
  // "My employer went bankrupt" is no bankruptcy, and hard times nevertheless.
  if (kind === 'hardship') return to !== 'ignore';
  if (kind === 'bereavement') return to === 'ignore';
  return !isSafety(kind) || milder.has(to);
}

/** Most places that are looked at; a text with more of them is none that a person wrote. */
const limitsMax = 50;

/** "晚上不要发短信" forbids an hour and no channel: an opt-out that shares its contrary with a bad time is none. */
function isLimited(match: Match, kept: readonly Match[]): boolean {
  const { kind } = match.phrase;
  if (kind !== 'opt_out' && kind !== 'cease') return false;
  return kept
    .filter(({ phrase }) => phrase.kind === 'inconvenient' && phrase.hasNegator)
    .slice(0, limitsMax)
    .some((other) => overlap(match, other) && other.start <= match.start);
}

function isSafety(kind: Match['phrase']['kind']): boolean {
  return safetyKinds.some((each) => each === kind);
}
