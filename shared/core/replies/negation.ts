import type { CompiledReplies } from './compile-replies.ts';
import { beginsAt } from './match-phrase.ts';
import type { Match } from './phrase-index.ts';
import { clauseAt, isRunAt, textAt, type Token } from './tokens.ts';

/** How far before a phrase a contrary can stand, in tokens. */
const reach = 5;
/** Longest run of words in a list of negators, in tokens. */
const runMax = 4;

/**
 * Whether the sentence says the contrary of a phrase: "do not stop", "I never said I would pay Friday", 没说要还. A contrary
 * reaches over a few words of its clause, but not over "but" or a new subject, unless a verb of speech joins them.
 * "Why don't you stop" reproaches and denies nothing.
 */
export function isNegated(match: Match, tokens: readonly Token[], rules: CompiledReplies): boolean {
  if (!match.phrase.hasNegator && hasInside(tokens, match.start, match.end, rules)) return true;
  if (isImpossible(match, tokens)) return true;
  const negator = negatorBefore(match, tokens, rules);
  return negator !== undefined && !isReproach(match, tokens, negator, rules);
}

function negatorBefore(match: Match, tokens: readonly Token[], rules: CompiledReplies): number | undefined {
  let isNewStatement = beginsAt(rules.subjects, tokens, match.start);
  for (let at = match.start - 1; isInReach(match, tokens, at, rules); at -= 1) {
    // "I never said that I would pay": the joint word may stand between.
    if (isJoint(isNewStatement, tokens, at)) continue;
    const negator = negatorEndingAt(tokens, at, rules);
    if (isNewStatement && !isReported(negator, tokens, at, rules)) return undefined;
    if (negator <= at && !isAnswer(match, tokens, negator)) return negator;
    isNewStatement = isSubject(tokens, at, rules);
  }
  return undefined;
}

function isJoint(isNewStatement: boolean, tokens: readonly Token[], at: number): boolean {
  return isNewStatement && joints.has(textAt(tokens, at));
}

/** "You told me I could pay": the words themselves are those of a report. */
function isReported(
  negator: number,
  tokens: readonly Token[],
  at: number,
  { reporters }: CompiledReplies,
): boolean {
  return negator < at || beginsAt(reporters, tokens, at);
}

function isInReach(
  { start }: Match,
  tokens: readonly Token[],
  at: number,
  { breaks }: CompiledReplies,
): boolean {
  const isNear = at >= 0 && at >= start - reach;
  return isNear && clauseAt(tokens, at) === clauseAt(tokens, start) && !beginsAt(breaks, tokens, at);
}

/** In "no he pagado", he is no English subject. */
function isSubject(tokens: readonly Token[], at: number, { subjects }: CompiledReplies): boolean {
  return beginsAt(subjects, tokens, at) && !isSpanishHave(tokens, at);
}

function isSpanishHave(tokens: readonly Token[], at: number): boolean {
  return textAt(tokens, at) === 'he' && /(?:ado|ido|cho|sto|rto)$/u.test(textAt(tokens, at + 1));
}

const joints = new Set(['that', 'que', 'if', '过', '了']);

/** "No wrong number": a no that begins a clause before a fact is an answer, with its comma forgotten. */
function isAnswer({ phrase }: Match, tokens: readonly Token[], negatorAt: number): boolean {
  const isFact = phrase.kind === 'wrong_party' || phrase.kind === 'deceased';
  const isFirst = clauseAt(tokens, negatorAt - 1) !== clauseAt(tokens, negatorAt);
  const isBefore = textAt(tokens, negatorAt) === 'no' && !spanishAfterNo.has(textAt(tokens, negatorAt + 1));
  return isFact && isFirst && isBefore;
}

/** Behind these a Spanish "no" denies: "no estoy en quiebra". */
const spanishAfterNo = new Set(
  'me se le les lo la los las te nos estoy esta estan estamos soy es somos he ha han fue fui fueron hay tengo tiene voy va quiero'.split(
    ' ',
  ),
);

/** What can stand behind 不 when something cannot be done: 还不了, 缴不出. */
const unattained = new Set('了起上出清到完掉得'.split(''));

/** "月底还不了": paying that is out of reach is no promise. */
function isImpossible({ phrase, end }: Match, tokens: readonly Token[]): boolean {
  const isMild = phrase.kind === 'promise' || phrase.kind === 'pay_now' || phrase.kind === 'paid';
  const isHan = tokens[end - 1]?.kind === 'han';
  return isMild && isHan && textAt(tokens, end) === '不' && unattained.has(textAt(tokens, end + 1));
}

function hasInside(tokens: readonly Token[], start: number, end: number, rules: CompiledReplies): boolean {
  for (let at = start + 1; at < end - 1; at += 1) {
    if (beginsAt(rules.negators, tokens, at) && !isInnocent(tokens, at, rules)) return true;
  }
  return false;
}

/** Longest wording that only seems to deny, in tokens. */
const innocentMax = 5;

/** Whether a negator is a part of wording that denies nothing: "no problem", 不好意思. */
function isInnocent(tokens: readonly Token[], at: number, { innocent }: CompiledReplies): boolean {
  for (let begin = at; begin > at - innocentMax && begin >= 0; begin -= 1) {
    const runs = innocent.runs.get(textAt(tokens, begin)) ?? [];
    if (runs.some((run) => begin + run.length > at && isRunAt(tokens, begin, run))) return true;
  }
  return false;
}

/** Where a negator begins that ends with the token, a word or a run of them; Infinity when none does. */
function negatorEndingAt(tokens: readonly Token[], at: number, rules: CompiledReplies): number {
  const { single, runs } = rules.negators;
  const isWord = single.has(textAt(tokens, at));
  if (isWord && !isInnocent(tokens, at, rules)) return at;
  for (let begin = Math.max(0, at - runMax); begin < at; begin += 1) {
    const found = (runs.get(textAt(tokens, begin)) ?? []).find((run) => begin + run.length === at + 1);
    if (found !== undefined && isRunAt(tokens, begin, found)) return begin;
  }
  return Infinity;
}

function isReproach(
  { phrase }: Match,
  tokens: readonly Token[],
  negatorAt: number,
  rules: CompiledReplies,
): boolean {
  if (phrase.kind !== 'opt_out' && phrase.kind !== 'cease') return false;
  return beginsAt(rules.accused, tokens, negatorAt - 1) || beginsAt(rules.accused, tokens, negatorAt - 2);
}
