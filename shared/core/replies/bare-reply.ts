import { byKey } from './by-key.ts';
import type { ReplyIntent, ReplyKind, ReplyRequest } from '#shared/contracts/replies.ts';
import type { CompiledReplies } from './compile-replies.ts';
import { safetyKinds } from './rank-intents.ts';
import { readNumberAt } from './numbers.ts';
import { textAt, type Token, type Tokens } from './tokens.ts';

const keywordConfidence = 0.97;
const answerConfidence = 0.96;
/** An answer without a question of ours: of no consequence, but understood. */
const strayAnswerConfidence = 0.7;
/** An answer that something else follows. */
const openingConfidence = 0.8;
/** Most tokens of a message that may be a keyword with politeness around it. */
const keywordTokensMax = 8;
/** Longest answer, in tokens. */
const answerTokensMax = 5;
const figureAnswers: ReadonlyMap<string, 'confirm' | 'deny'> = byKey({ '1': 'confirm', '2': 'deny' });

/**
 * A message that is nothing but a keyword or an answer: "STOP", "stop please", "TD", "yes", and after a question of ours "1".
 * Undefined for every other one.
 */
export function readBareReply(
  { tokens, emoji }: Tokens,
  lastMessage: ReplyRequest['lastMessage'],
  rules: CompiledReplies,
): ReplyIntent | undefined {
  if (tokens.length > keywordTokensMax) return undefined;
  const core = withoutFillers(tokens, rules);
  const words = tokens.length === 0 ? emoji.slice(0, 1) : textsOf(tokens);
  for (const candidate of [words, core, unrepeated(core)]) {
    const key = candidate.join(' ');
    const kind = rules.keywords.get(key);
    const answer = answerOf(key, tokens, lastMessage, rules);
    if (answer !== undefined && isAnswering(kind, lastMessage)) return answer;
    if (kind !== undefined) return { kind, confidence: keywordConfidence };
  }
  return undefined;
}

/** Asked, a person who says "wrong" denies; a safety kind is heard nevertheless. */
function isAnswering(keyword: ReplyKind | undefined, lastMessage: ReplyRequest['lastMessage']): boolean {
  return keyword === undefined || (isAsked(lastMessage) && !isSafety(keyword));
}

function isAsked(lastMessage: ReplyRequest['lastMessage']): boolean {
  return lastMessage === 'confirm_promise' || lastMessage === 'identity_check';
}

function isSafety(kind: ReplyKind): boolean {
  return safetyKinds.includes(kind);
}

function answerOf(
  key: string,
  tokens: readonly Token[],
  lastMessage: ReplyRequest['lastMessage'],
  rules: CompiledReplies,
): ReplyIntent | undefined {
  const kind = rules.answers.get(key) ?? (isAsked(lastMessage) ? figureAnswers.get(key) : undefined);
  if (kind === undefined) return undefined;
  if (isAsked(lastMessage)) return { kind, confidence: answerConfidence };
  // Without a question a thumb up says nothing that could be acted on.
  return tokens.length === 0
    ? undefined
    : { kind, confidence: kind === 'deny' ? 0.85 : strayAnswerConfidence };
}

/** After a question of ours: an answer at the beginning of a longer message. */
export function readOpeningAnswer(tokens: readonly Token[], rules: CompiledReplies): ReplyIntent | undefined {
  const first = tokens[0];
  if (first === undefined) return undefined;
  const clauseEnd = tokens.findIndex(({ clause }) => clause !== first.clause);
  const clauseLength = clauseEnd === -1 ? tokens.length : clauseEnd;
  for (let length = Math.min(answerTokensMax, tokens.length); length > 0; length -= 1) {
    // In Chinese 可以 also begins 可以分期吗: only a clause of its own is an answer.
    if (first.kind === 'han' && length !== clauseLength) continue;
    const kind: ReplyKind | undefined = rules.answers.get(textsOf(tokens.slice(0, length)).join(' '));
    if (kind !== undefined) return { kind, confidence: openingConfidence };
  }
  return undefined;
}

const stars = /^(?:⭐|🌟|★)$/u;
const scoreMax = 10;
const scoreUnits = new Set([
  '分',
  '星',
  '颗',
  'stars',
  'star',
  'points',
  'point',
  'estrellas',
  'puntos',
  'out',
  'de',
]);
/** Most tokens of a message in which any number is taken for the mark. */
const scoreTokensMax = 6;

/** The mark in an answer to a survey: "5", "a 4", "五分", "10/10", five stars. */
export function readScore({ tokens, emoji }: Tokens): number | undefined {
  for (let at = 0; at < tokens.length; at += 1) {
    const score = scoreAt(tokens, at);
    const isShort = at === 0 || tokens.length <= scoreTokensMax;
    if (score !== undefined && (isShort || scoreUnits.has(textAt(tokens, score.end)))) return score.value;
  }
  const given = emoji.filter((each) => stars.test(each)).length;
  return given > 0 && given <= scoreMax ? given : undefined;
}

function scoreAt(tokens: readonly Token[], at: number): { value: number; end: number } | undefined {
  const fraction = /^(\d{1,2})\/(?:5|10)$/u.exec(textAt(tokens, at));
  const number = fraction === null ? readNumberAt(tokens, at) : { value: Number(fraction[1]), end: at + 1 };
  return number !== undefined && Number.isInteger(number.value) && number.value <= scoreMax
    ? number
    : undefined;
}

function textsOf(tokens: readonly Token[]): readonly string[] {
  return tokens.map(({ text }) => text);
}

/** Longest filler, in tokens. */
const fillerTokensMax = 3;

function withoutFillers(tokens: readonly Token[], rules: CompiledReplies): readonly string[] {
  const texts = textsOf(tokens);
  const core: string[] = [];
  for (let at = 0; at < texts.length;) {
    let length = fillerTokensMax;
    while (
      length > 0 &&
      !(at + length <= texts.length && rules.fillers.has(texts.slice(at, at + length).join(' ')))
    )
      length -= 1;
    if (length === 0) core.push(texts[at] ?? '');
    at += Math.max(length, 1);
  }
  return core;
}

/** `stop stop stop`: said several times is said once. */
function unrepeated(words: readonly string[]): readonly string[] {
  for (let length = 1; length <= words.length / 2; length += 1) {
    if (words.length % length === 0 && words.every((word, at) => word === words[at % length]))
      return words.slice(0, length);
  }
  return words;
}
