import type { CompiledReplies } from './compile-replies.ts';
import { beginsAt } from './match-phrase.ts';
import type { Match } from './phrase-index.ts';
import type { WordSet } from './phrase.ts';
import type { Token } from './tokens.ts';

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
  const { phrase, start, end } = match;
  if (!phrase.hasNegator && hasInside(tokens, start, end, rules)) return true;
  const clause = tokens[start]?.clause;
  let isNewStatement = beginsAt(rules.subjects, tokens, start);
  for (let at = start - 1; at >= Math.max(0, start - reach); at -= 1) {
    if (tokens[at]?.clause !== clause || beginsAt(rules.breaks, tokens, at)) return false;
    const isReported = beginsAt(rules.reporters, tokens, at);
    if (isNewStatement && !isReported) {
      // "I never said that I would pay": the joint word may stand between.
      if (!isJoint(tokens[at])) return false;
      continue;
    }
    isNewStatement = false;
    const negator = negatorEndingAt(tokens, at, rules.negators);
    if (negator !== undefined && !isInnocent(tokens, negator, rules))
      return !isReproach(match, tokens, negator, rules);
    if (beginsAt(rules.subjects, tokens, at)) isNewStatement = true;
  }
  return false;
}

function isJoint(token: Token | undefined): boolean {
  return token !== undefined && ['that', 'que', 'if', '过', '了'].includes(token.text);
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
    const runs = innocent.runs.get(tokens[begin]?.text ?? '') ?? [];
    if (runs.some((run) => begin + run.length > at && isRun(run, tokens, begin))) return true;
  }
  return false;
}

/** Where a negator begins that reaches up to and over the token; the word itself or the end of a run. */
function negatorEndingAt(tokens: readonly Token[], at: number, negators: WordSet): number | undefined {
  for (let begin = at; begin > at - runMax && begin >= 0; begin -= 1) {
    const text = tokens[begin]?.text ?? '';
    if (begin === at && negators.single.has(text)) return begin;
    const runs = negators.runs.get(text) ?? [];
    if (runs.some((run) => run.length === at - begin + 1 && isRun(run, tokens, begin))) return begin;
  }
  return undefined;
}

function isRun(run: readonly string[], tokens: readonly Token[], at: number): boolean {
  return run.every((word, offset) => tokens[at + offset]?.text === word);
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
