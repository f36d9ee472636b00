import type { ReplyIntent, ReplyKind, ReplyRequest } from '#shared/contracts/replies.ts';
import { formatLocalDate, type LocalDay } from '#shared/kernel/local-date.ts';
import type { ReadAmount } from './amounts.ts';
import type { CompiledReplies, ReplyChannelName } from './compile-replies.ts';
import type { EntityText, Placed } from './entities.ts';
import { beginsAt } from './match-phrase.ts';
import type { Match } from './phrase-index.ts';
import { clauseAt, sentenceAt, textAt, type Token } from './tokens.ts';

export interface DetailContext {
  readonly text: EntityText;
  readonly request: ReplyRequest;
  readonly today: LocalDay;
  readonly rules: CompiledReplies;
}

type Details = Omit<ReplyIntent, 'kind' | 'confidence'>;

/** A sum above this multiple of the balance was not meant so. */
const balanceTimesMax = 2;

/** What was said along with a kind: the sum and day of a promise, the time of a call, the channel of an opt-out. */
export function detailsOf(kind: ReplyKind, match: Match | undefined, context: DetailContext): Details {
  return readers[kind]?.(match, context) ?? {};
}

type Reader = (match: Match | undefined, context: DetailContext) => Details;

const channelReader: Reader = (match, context) => ({ channel: channelOf(match, context) });

const readers: Partial<Record<ReplyKind, Reader>> = {
  promise: (match, context) => ({
    ...amountOf(match, context, true),
    ...dateOf(match, context),
    ...conditionOf(match, context),
  }),
  confirm: dateOf,
  pay_now: (match, context) => amountOf(match, context, true),
  paid: (match, context) => amountOf(match, context, false),
  plan_request: (match, context) => ({ ...amountOf(match, context, true), ...dateOf(match, context) }),
  call_me: (match, context) => ({ ...dateOf(match, context), ...timeOf(match, context, true) }),
  inconvenient: (match, context) => timeOf(match, context, false),
  opt_out: channelReader,
  opt_in: channelReader,
};

/** The channel that came with the words, else that by which they came. */
function channelOf(match: Match | undefined, context: DetailContext): ReplyChannelName {
  const named = match === undefined ? [] : channelsNamed(match, context);
  return named[0] ?? (context.request.channel === 'voice' ? 'call' : context.request.channel);
}

/** Channels that are named in the sentence of a phrase, those inside of the phrase first. */
function channelsNamed(match: Match, { text, rules }: DetailContext): readonly ReplyChannelName[] {
  const { tokens } = text;
  const sentence = tokens[match.start]?.sentence;
  const inside = new Set<ReplyChannelName>();
  const around = new Set<ReplyChannelName>();
  tokens.forEach((token, at) => {
    if (token.sentence !== sentence) return;
    for (const [channel, words] of rules.channels) {
      if (beginsAt(words, tokens, at)) (at >= match.start && at < match.end ? inside : around).add(channel);
    }
  });
  return [...new Set([...inside, ...around])];
}

/** Most words, in tokens, that join a further channel to a phrase: "calls or any other texts". */
const joinedMax = 3;

/** Channels that a phrase is about: those in it, and those that are joined to it: "stop calls and texts", 电话短信都不要. */
export function channelsNear(match: Match, { text, rules }: DetailContext): readonly ReplyChannelName[] {
  const { tokens } = text;
  const found = new Set<ReplyChannelName>();
  const take = (at: number): boolean => {
    if (isWanted(tokens, at, match)) return false;
    const named = rules.channels.filter(([, words]) => beginsAt(words, tokens, at));
    for (const [channel] of named) found.add(channel);
    return named.length > 0;
  };
  for (let at = match.start; at < match.end; at += 1) take(at);
  for (const step of [1, -1]) {
    let at = step === 1 ? match.end : match.start - 1;
    for (let apart = 0; apart <= joinedMax && isJoined(tokens, at, match, take(at)); at += step)
      apart = take(at) ? 0 : apart + 1;
  }
  return [...found];
}

/** "Don't call me, text me", "text only": the channel that is wanted is none that is refused. */
function isWanted(tokens: readonly Token[], at: number, match: Match): boolean {
  const next = textAt(tokens, at + 1);
  const isOther = clauseAt(tokens, at) !== clauseAt(tokens, match.start);
  if (next === 'only' || isAnew(tokens, at, match)) return true;
  if (isOther && !isListed(tokens, at)) return true;
  return (isOther || at < match.start) && preferring.has(next);
}

const preferring = new Set('me us instead only is si mejor 可 行 得 就 我 吧'.split(' '));
const channelJoints = new Set(
  'and or nor y o ni no any more the your all these 和 或 与 跟 及 也 都 不 要 电 话 短 信 邮 件 打 发 n & sin'.split(
    ' ',
  ),
);

/** "No calls, texts or emails", "ni llamadas, ni mensajes": further things, and nothing that is asked for instead. */
function isListed(tokens: readonly Token[], at: number): boolean {
  return textAt(tokens, at).endsWith('s') || listing.has(textAt(tokens, at - 1));
}

const listing = new Set('no ni nor or and y o any dont'.split(' '));

/** In Chinese what stands behind a comma is said anew: 别打电话，发短信就行. */
function isAnew(tokens: readonly Token[], at: number, { start }: Match): boolean {
  return tokens[at]?.kind === 'han' && clauseAt(tokens, at) > clauseAt(tokens, start);
}

/** Whether the way from a phrase to a further channel goes on over a token. */
function isJoined(tokens: readonly Token[], at: number, { start }: Match, isChannel: boolean): boolean {
  if (sentenceAt(tokens, at) !== sentenceAt(tokens, start)) return false;
  return isChannel || channelJoints.has(textAt(tokens, at));
}

/** The sum nearest to the phrase; what stands in it or behind it comes before what was said earlier. */
function amountOf(match: Match | undefined, context: DetailContext, bareCounts: boolean): Details {
  const { text, request } = context;
  const candidates = text.amounts.filter(
    ({ value }) => value.value !== undefined && (bareCounts || !value.isBare),
  );
  const found = nearest(sameSentenceFirst(candidates, match, text), match);
  if (found === undefined) return {};
  return plausible(found.value, request);
}

function plausible({ value, currency }: ReadAmount, { balance, currency: own }: ReplyRequest): Details {
  if (value === undefined || value <= 0) return {};
  if (balance !== undefined && value > balance * balanceTimesMax) return {};
  const said = currency ?? own;
  return { amount: value, ...(said !== undefined && { currency: said }) };
}

/** The nearest day that is not past. */
function dateOf(match: Match | undefined, { text, today }: DetailContext): Details {
  const candidates = text.dates.filter(({ value }) => value.day !== undefined && value.day >= today);
  const day = nearest(sameSentenceFirst(candidates, match, text), match)?.value.day;
  return day === undefined ? {} : { date: formatLocalDate(day) };
}

/** @param isWanted a point in time is one to call at; an unwanted one is the beginning of nothing. */
function timeOf(match: Match | undefined, { text }: DetailContext, isWanted: boolean): Details {
  const hours = text.times.filter(({ value }) => value.time !== undefined || isExact(value.window));
  const found = nearest(hours.length > 0 ? hours : text.times, match);
  if (found === undefined) return {};
  const { time, window } = found.value;
  if (window !== undefined) return { window };
  return time !== undefined && isWanted ? { time } : {};
}

function isExact(window: string | undefined): boolean {
  return window !== undefined && (window.startsWith('00:00') || window.endsWith('24:00'));
}

/** Of the clause of a phrase, else of its sentence, else all. */
function sameSentenceFirst<T>(
  candidates: readonly Placed<T>[],
  match: Match | undefined,
  { tokens }: EntityText,
): readonly Placed<T>[] {
  if (match === undefined) return candidates;
  const [first, last] = [clauseAt(tokens, match.start), clauseAt(tokens, match.end - 1)];
  const inClause = candidates.filter(
    ({ at }) => clauseAt(tokens, at) >= first && clauseAt(tokens, at) <= last,
  );
  if (inClause.length > 0) return inClause;
  const sentence = tokens[match.start]?.sentence;
  const near = candidates.filter(({ at }) => tokens[at]?.sentence === sentence);
  return near.length > 0 ? near : candidates;
}

/** Distance that something before a phrase counts as farther, in tokens: what is promised mostly follows. */
const beforePenalty = 4;

function nearest<T>(candidates: readonly Placed<T>[], match: Match | undefined): Placed<T> | undefined {
  if (match === undefined) return candidates[0];
  let best: Placed<T> | undefined;
  let shortest = Infinity;
  for (const candidate of candidates) {
    const distance = distanceTo(candidate.at, match);
    if (distance < shortest) [best, shortest] = [candidate, distance];
  }
  return best;
}

function distanceTo(at: number, { start, end }: Match): number {
  if (at >= start && at < end) return 0;
  return at >= end ? at - end + 1 : start - at + beforePenalty;
}

/** "If I get paid Friday …": a condition in the sentence of the promise. */
function conditionOf(match: Match | undefined, { text, rules }: DetailContext): Details {
  if (match === undefined) return {};
  const sentence = sentenceAt(text.tokens, match.start);
  const isConditional = text.tokens.some(
    (token, at) =>
      token.sentence === sentence &&
      beginsAt(rules.conditions, text.tokens, at) &&
      !isSpanishYes(text.tokens, at, match),
  );
  return isConditional ? { conditional: true } : {};
}

/** "El sábado sí les pago": without its accent the word is that of "if". */
function isSpanishYes(tokens: readonly Token[], at: number, { start, end }: Match): boolean {
  const isInside = clauseAt(tokens, at - 1) === clauseAt(tokens, at);
  const isNear = (at < start && at + 2 >= start) || (at >= start && at < end);
  return textAt(tokens, at) === 'si' && isInside && isNear;
}
