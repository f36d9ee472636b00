import type { ReplyIntent, ReplyKind, ReplyReading, ReplyRequest } from '#shared/contracts/replies.ts';
import type { PhraseKind } from '#shared/contracts/reply-words.ts';
import { readBareReply, readOpeningAnswer, readScore } from './bare-reply.ts';
import type { CompiledReplies } from './compile-replies.ts';
import { gatherEvidence, type EvidenceByKind } from './evidence.ts';
import { channelsNear, detailsOf, type DetailContext } from './intent-details.ts';
import { needsHuman, rankIntents, safetyKinds } from './rank-intents.ts';
import { settleDeaths } from './settle-deaths.ts';
import { firstCodePoints, withoutQuotes } from './trim-text.ts';
import { textEntities } from './text-entities.ts';
import type { Tokens } from './tokens.ts';

/** Code points of a text that are read in full. */
export const readLengthMax = 1_600;
/** Code points in which safety kinds are looked for. */
export const safetyLengthMax = 20_000;

/**
 * What a debtor means by a reply. The text is data: it can name nothing but the kinds of the contract. The same request and
 * rules give the same reading; time and zone come from the request.
 *
 * @throws RangeError when the request's instant or zone is none; ReplyRequestSchema refuses such requests.
 * @example readReply({ id: '1', text: 'will pay 200 on Friday', … }, rules).intents[0] // promise, 200, the date of Friday
 */
export function readReply(request: ReplyRequest, rules: CompiledReplies): ReplyReading {
  const text = request.channel === 'email' ? withoutQuotes(request.text) : request.text;
  const head = firstCodePoints(text, readLengthMax);
  const isTruncated = head.length < text.length;
  const read = readText(head, request, rules);
  const beyond = isTruncated ? readText(firstCodePoints(text, safetyLengthMax), request, rules) : undefined;
  const further = (beyond?.intents ?? []).filter(
    ({ kind }) => safetyKinds.includes(kind) && !read.intents.some((intent) => intent.kind === kind),
  );
  const intents = rankIntents([...read.intents, ...further]);
  const isEmpty = read.isEmpty && !isTruncated;
  const listed = intents.length > 0 ? [...intents] : [unknownOf(isEmpty)];
  return {
    id: request.id,
    intents: listed,
    language: read.language,
    needsHuman: needsHuman(listed, rules.settings.confidenceMin),
    ...(isTruncated && { truncated: true }),
  };
}

/** Nothing was said: that is certain. Anything else that was not understood is for people. */
function unknownOf(isEmpty: boolean): ReplyIntent {
  return { kind: 'unknown', confidence: isEmpty ? 1 : 0 };
}

interface TextReading {
  readonly intents: readonly ReplyIntent[];
  readonly language: ReplyReading['language'];
  readonly isEmpty: boolean;
}

function readText(original: string, request: ReplyRequest, rules: CompiledReplies): TextReading {
  const { text, words, entities, language, today } = textEntities(original, request, rules);
  const context: DetailContext = { text: entities, request, today, rules };
  return { intents: intentsOf(words, context), language, isEmpty: text.trim() === '' };
}

function intentsOf(tokens: Tokens, context: DetailContext): readonly ReplyIntent[] {
  const { request, rules } = context;
  const scored = request.lastMessage === 'satisfaction' ? scoreIntent(tokens) : [];
  const bare = scored.length > 0 ? undefined : readBareReply(tokens, request.lastMessage, rules);
  if (bare !== undefined) return [{ ...bare, ...detailsOf(bare.kind, undefined, context) }];
  const evidence = settleDeaths(gatherEvidence(context.text, rules));
  const intents = [...evidence].flatMap(([kind, { confidence, matches }]) => {
    if (kind === 'bereavement' || !isAsked(kind, request)) return [];
    return [{ kind, confidence, ...detailsOf(kind, matches[0], context) }];
  });
  return [...widened(intents, evidence, context), ...scored, ...opening(tokens, intents, context)];
}

function scoreIntent(tokens: Tokens): readonly ReplyIntent[] {
  const score = readScore(tokens);
  return score === undefined ? [] : [{ kind: 'satisfaction', confidence: 0.95, score }];
}

/** Praise and blame are marks only where we asked for them. */
function isAsked(kind: PhraseKind, { lastMessage }: ReplyRequest): boolean {
  return kind !== 'satisfaction' || lastMessage === 'satisfaction';
}

/** Whoever wants neither calls nor messages wants no contact: an opt-out of several channels is a cease. */
function widened(
  intents: readonly ReplyIntent[],
  evidence: EvidenceByKind,
  context: DetailContext,
): readonly ReplyIntent[] {
  const matches = evidence.get('opt_out')?.matches ?? [];
  const channels = new Set(matches.slice(0, matchesMax).flatMap((match) => channelsNear(match, context)));
  if (channels.size < 2) return intents;
  return intents.map((intent) => {
    if (intent.kind !== 'opt_out') return intent;
    const { kind, confidence }: { kind: ReplyKind; confidence: number } = { ...intent, kind: 'cease' };
    return { kind, confidence };
  });
}

/** Most places that are looked at; a text with more of them is none that a person wrote. */
const matchesMax = 20;

function opening(
  { tokens }: Tokens,
  intents: readonly ReplyIntent[],
  { request, rules }: DetailContext,
): readonly ReplyIntent[] {
  if (request.lastMessage !== 'confirm_promise' && request.lastMessage !== 'identity_check') return [];
  const answer = readOpeningAnswer(tokens, rules);
  return answer === undefined || intents.some(({ kind }) => kind === answer.kind) ? [] : [answer];
}
