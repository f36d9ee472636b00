import { inboundTextMax, type AnswerText, type Inbound } from '#shared/contracts/inbound.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import type { ReplyIntent, ReplyKind, ReplyReading } from '#shared/contracts/replies.ts';
import { openCase } from '#shared/core/acts/ask-people.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { safetyKinds } from '#shared/core/replies/rank-intents.ts';
import { readLengthMax, readReply, safetyLengthMax } from '#shared/core/replies/read-reply.ts';
import { firstCodePoints } from '#shared/core/replies/trim-text.ts';
import { dayMs, hourMs } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { IncomingReply } from './incoming-reply.ts';
import { mergeChanges } from './merge-changes.ts';
import type { ReplyEffect } from './reply-effect.ts';
import { noteOf, replyEffects } from './reply-effects.ts';
import { replySetting, type ReplySetting } from './reply-setting.ts';

/** What a message leads to: all that it changes, with its record. */
export interface AnsweredReply {
  readonly inbound: Inbound;
  readonly change: PersonChange;
}

/**
 * Reads a message of a person and decides what it changes and what is answered. Pure: the same message, facts and moment
 * give the same. `view` is of the moment at which the message came, so that "tomorrow" is the day after that.
 *
 * Below the configured confidence nothing changes: people look at it. Of a sender that nobody can vouch for only the safety
 * kinds count, because they end contact or reach people.
 */
export function answerReply(incoming: IncomingReply, view: PersonView): AnsweredReply {
  const setting = replySetting(incoming, view);
  const reading = readingOf(setting);
  const effects = effectsOf(reading, setting);
  const caseOfIt = caseFor(reading, effects, setting);
  const inbound: Inbound = {
    inboundId: incoming.inboundId,
    debtorId: incoming.debtorId,
    channel: incoming.channel,
    from: incoming.from,
    at: incoming.at,
    ...(incoming.during !== undefined && { during: incoming.during }),
    text: firstCodePoints(incoming.text, readLengthMax).slice(0, inboundTextMax),
    intents: [...reading.intents],
    needsHuman: reading.needsHuman,
    ...(setting.accounts[0] !== undefined && { accountId: setting.accounts[0].accountId }),
    ...answerOf(effects, setting),
  };
  const changes = effects.flatMap((effect) => effect.changes ?? []);
  return { inbound, change: mergeChanges([...changes, ...caseOfIt, { inbound: [inbound] }]) };
}

/** A keyword that the provider has taken means what it means there, whatever our tables make of it. */
const providerKinds = { stop: 'opt_out', start: 'opt_in', help: 'help' } as const;

function readingOf({ incoming, view, accounts, question }: ReplySetting): ReplyReading {
  const { inboundId, takenByProvider, channel, text, at } = incoming;
  const account = accounts[0];
  if (incoming.meant !== undefined) return keyed(incoming.meant, inboundId);
  const read = readReply(
    {
      id: inboundId,
      text: firstCodePoints(text, safetyLengthMax),
      locale: view.locale,
      at: formatIsoInstant(at),
      zone: view.homeZone ?? 'UTC',
      channel: channel === 'call' ? 'voice' : channel,
      ...(account !== undefined && {
        currency: account.currency,
        balance: account.balance,
        minimumDue: account.minimumDue > 0 ? account.minimumDue : account.pastDue,
      }),
      ...(question.asked !== undefined && { lastMessage: question.asked }),
    },
    view.rules.replies,
  );
  if (takenByProvider === undefined) return read;
  const taken = { kind: providerKinds[takenByProvider], confidence: 1, channel } as const;
  return {
    ...read,
    intents: [taken, ...read.intents.filter(({ kind }) => safetyKinds.includes(kind) && kind !== taken.kind)],
  };
}

/** A key leaves nothing to be understood. */
function keyed(kind: ReplyKind, id: string): ReplyReading {
  return { id, intents: [{ kind, confidence: 1 }], language: 'und', needsHuman: false };
}

/** Whoever disputes a debt or cannot pay it is not held to what they also say they would pay. */
const overrulePromises: ReadonlySet<ReplyKind> = new Set([
  ...safetyKinds,
  'dispute',
  'complaint',
  'hardship',
]);

function effectsOf(reading: ReplyReading, setting: ReplySetting): readonly ReplyEffect[] {
  const { confidenceMin } = setting.view.rules.replies.settings;
  const sure = reading.intents.filter((intent) => isActedOn(intent, setting, confidenceMin));
  if ((reading.intents[0]?.confidence ?? 0) < confidenceMin && sure.length === 0)
    return [replyEffects.unknown({ kind: 'unknown', confidence: 0 }, setting)];
  const isOverruled = sure.some(({ kind }) => overrulePromises.has(kind));
  return sure
    .filter(({ kind }) => !isOverruled || (kind !== 'promise' && kind !== 'confirm'))
    .map((intent) => replyEffects[intent.kind](intent, setting));
}

/** Of a message that several people may have written only what holds for each of them counts. */
function isActedOn(
  { kind, confidence }: ReplyIntent,
  { incoming }: ReplySetting,
  confidenceMin: number,
): boolean {
  const isTheirs = incoming.sender === 'proven' && incoming.isShared !== true;
  const opensNumber = incoming.isShared === true && kind === 'opt_in';
  return confidence >= confidenceMin && (isTheirs || opensNumber || safetyKinds.includes(kind));
}

/** A case for people, where nothing that the message changed leads them to it, and none is open that they work on. */
function caseFor(
  reading: ReplyReading,
  effects: readonly ReplyEffect[],
  setting: ReplySetting,
): readonly PersonChange[] {
  const { incoming, view, accounts } = setting;
  const account = accounts[0];
  const why = [...effects.flatMap(({ needsPeople }) => needsPeople ?? []), ...unheardOf(reading, setting)];
  const isForPeople = effects.some((effect) => effect.isForPeople === true);
  const isWanted = why.length > 0 || (!isForPeople && reading.needsHuman);
  if (!isWanted || account === undefined) return [];
  const isOpen = view.person.cases.some(
    ({ accountId, state }) => accountId === account.accountId && state === 'open',
  );
  if (isOpen) return [];
  const { debtorId, inboundId } = incoming;
  const because = why.length > 0 ? why : ['reply/not_understood'];
  const opened = openCase(
    { debtorId, actId: inboundId, because },
    { account, view },
    { reason: 'reply', note: noteOf(setting) },
  );
  return [{ cases: [opened] }];
}

/** What somebody for whom nobody can vouch surely asked for, and was not done: people find out who it is. */
function unheardOf({ intents }: ReplyReading, setting: ReplySetting): readonly string[] {
  const { confidenceMin } = setting.view.rules.replies.settings;
  const isUnheard = intents.some(
    ({ kind, confidence }) =>
      confidence >= confidenceMin && !safetyKinds.includes(kind) && !trifles.has(kind),
  );
  return setting.incoming.sender === 'claimed' && isUnheard ? ['reply/unproven_sender'] : [];
}

/** What needs nobody when it was not heard. */
const trifles: ReadonlySet<ReplyKind> = new Set([
  'unknown',
  'confirm',
  'deny',
  'satisfaction',
  'help',
  'opt_in',
]);

/** The first answer that the effects ask for, unless one of them asks for silence or the limits are used up. */
function answerOf(
  effects: readonly ReplyEffect[],
  setting: ReplySetting,
): Pick<Inbound, 'answer' | 'proposal'> {
  const asking = effects.find(({ answer }) => answer !== undefined);
  const text = asking?.answer;
  if (text === undefined || isMute(effects, setting) || !mayAnswer(text, setting)) return {};
  const channel = channelFor(text, setting.incoming.channel);
  return channel === undefined ? {} : { ...answerBy(text, channel, asking), ...proposalOf(asking) };
}

function answerBy(
  text: AnswerText,
  channel: Channel,
  asking: ReplyEffect | undefined,
): Pick<Inbound, 'answer'> {
  const purpose = text === 'reply-stopped' ? 'optout_confirmation' : 'reply_to_debtor';
  const agreement = asking?.agreement;
  return { answer: { text, channel, purpose, ...(agreement !== undefined && { agreement }) } };
}

function proposalOf(asking: ReplyEffect | undefined): Pick<Inbound, 'proposal'> {
  return asking?.proposal === undefined ? {} : { proposal: asking.proposal };
}

/** By what came; a call answers by itself, and only a link cannot be said. */
function channelFor(text: AnswerText, cameBy: Channel): Channel | undefined {
  if (cameBy !== 'call') return cameBy;
  return text === 'reply-link' ? 'sms' : undefined;
}

/** Whether nothing is written back: somebody asked for that, nobody knows who wrote, or the provider has answered. */
function isMute(effects: readonly ReplyEffect[], { incoming }: ReplySetting): boolean {
  const { sender, isShared, takenByProvider } = incoming;
  return (
    sender === 'claimed' ||
    isShared === true ||
    takenByProvider !== undefined ||
    effects.some(({ isSilent }) => isSilent === true)
  );
}

/** That a channel has ended is always confirmed; everything else so often a day, or two machines would write for ever. */
function mayAnswer(text: AnswerText, { incoming: { at }, view }: ReplySetting): boolean {
  if (text === 'reply-stopped') return true;
  const { answers } = view.rules.replies.settings;
  const answered = view.person.inbound.filter((one) => one.answer !== undefined && one.at > at - dayMs);
  if (answered.length >= answers.perDayMax) return false;
  return (
    text !== 'reply-not-understood' ||
    !view.person.inbound.some(
      (one) => one.answer?.text === text && one.at > at - answers.notUnderstoodHours * hourMs,
    )
  );
}
