import type { AddressOutcome, KeptMessage } from '#shared/contracts/address-note.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { ReplyReading } from '#shared/contracts/replies.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { StrangerText } from '#shared/core/decision/own-texts.ts';
import { addressTurn, type AddressSetting } from '#shared/core/inbound/address-turn.ts';
import { answerLocale } from '#shared/core/inbound/answer-locale.ts';
import { holdsForEverybody } from '#shared/core/inbound/holds-for-everybody.ts';
import type { IncomingReply } from '#shared/core/inbound/incoming-reply.ts';
import type { ReceivedMessage } from '#shared/core/inbound/received-message.ts';
import { takenByProvider } from '#shared/core/inbound/taken-by-provider.ts';
import { addressKey } from '#shared/core/identity/address-key.ts';
import { readReply, safetyLengthMax } from '#shared/core/replies/read-reply.ts';
import { firstCodePoints } from '#shared/core/replies/trim-text.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { AddressNotes } from '#shared/ports/address-notes.ts';
import type { CarryOutParts } from './carry-out.ts';
import { peopleAt } from './people-at.ts';
import { takeInReply } from './take-in-reply.ts';

/** Tries against other messages from the same address at the same moment. */
const attemptsMax = 8;

export interface ReceiveMessageParts extends Pick<CarryOutParts, 'store' | 'rules'> {
  readonly addresses: AddressBook;
  readonly notes: AddressNotes;
}

/** A direct answer to somebody who is not known; it tells nothing of anybody. */
export interface DirectAnswer {
  readonly text: StrangerText;
  readonly locale: string;
  readonly creditor: Creditor;
}

/**
 * What became of a message that came in. `taken`: it was read as this person's, and whatever is answered is a contact of theirs.
 * `shared`: it holds for everybody at that number. `named`: it told whose the messages before it are. `noted`: nobody is known
 * there, or several are, and nothing was changed about anybody. `busy`: nothing was finished; deliver it again.
 */
export interface Received {
  readonly kind: 'taken' | 'repeated' | 'shared' | 'named' | 'noted' | 'busy';
  readonly answer?: DirectAnswer;
}

/**
 * Finds out whose a message is and takes it in: by the one person who is at that number or address, for everybody there when it
 * is about the number itself, and otherwise by asking who writes. Whoever is not known gets help and nothing else. The same
 * message again changes nothing and gets the same answer.
 *
 * @throws what the stores throw when they do not answer; delivering it again is safe.
 */
export async function receiveMessage(
  message: ReceivedMessage,
  parts: ReceiveMessageParts,
): Promise<Received> {
  const rules = await parts.rules.current();
  const people = await peopleAt(message.from, message.at, parts);
  const creditor = creditorOf(message, rules);
  const taken = takenByProvider(message, people, creditor);
  const [only] = people;
  if (only !== undefined && people.length === 1)
    return takeIn([only], { message, takenByProvider: taken }, parts);
  const reading = read(message, rules);
  const { confidenceMin } = rules.replies.settings;
  if (people.length > 1 && holdsForEverybody(reading, taken, confidenceMin))
    return takeIn(people, { message, takenByProvider: taken }, parts);
  const facts = rules.agreements.links.identity;
  const outcome = await takeTurns({ message, takenByProvider: taken, people, reading, facts }, parts);
  return answered(outcome, creditor, reading);
}

/** Whose number or address was written to; undefined when it is no sender of ours. */
function creditorOf({ channel, to }: ReceivedMessage, { creditors }: DecisionRules): Creditor | undefined {
  const key = addressKey(to);
  return [...creditors.values()].find(
    ({ smsFrom, emailFrom }) => addressKey(channel === 'sms' ? smsFrom : emailFrom) === key,
  );
}

/** A message as nobody in particular wrote it: no amount, zone or language of anybody colours it. */
function read({ inboundId, text, at, channel }: ReceivedMessage, { replies }: DecisionRules): ReplyReading {
  const request = { id: inboundId, text: firstCodePoints(text, safetyLengthMax), zone: 'UTC', channel };
  return readReply({ ...request, at: formatIsoInstant(at) }, replies);
}

interface Taking {
  readonly message: ReceivedMessage;
  readonly takenByProvider: IncomingReply['takenByProvider'];
}

async function takeIn(
  people: readonly Person[],
  { message, takenByProvider: taken }: Taking,
  parts: ReceiveMessageParts,
): Promise<Received> {
  const isShared = people.length > 1;
  const kinds = new Set<string>();
  for (const { debtorId } of people) {
    const incoming = { ...incomingOf(message, debtorId, message), takenByProvider: taken, isShared };
    const { kind } = await takeInReply(incoming, parts);
    kinds.add(kind);
  }
  if (kinds.has('busy')) return { kind: 'busy' };
  if (!kinds.has('taken')) return { kind: 'repeated' };
  return { kind: isShared ? 'shared' : 'taken' };
}

function incomingOf(
  { channel, from, sender }: ReceivedMessage,
  debtorId: string,
  { inboundId, text, at }: Pick<KeptMessage, 'inboundId' | 'text' | 'at'>,
): IncomingReply {
  return { inboundId, debtorId, channel, from, text, at: toInstant(at), sender };
}

type TurnsTaken = AddressOutcome | 'named' | 'busy';

/** Decides, acts and remembers until nobody else came in between. What is taken in twice changes nothing the second time. */
async function takeTurns(setting: AddressSetting, parts: ReceiveMessageParts): Promise<TurnsTaken> {
  const { from, at } = setting.message;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const { version, note } = await parts.notes.read(from);
    const turn = addressTurn(setting, note);
    if (turn.kind === 'handled') return turn.outcome;
    if (turn.kind === 'named' && !(await takeInKept(turn, setting, parts))) return 'busy';
    const written = await parts.notes.write(from, version, turn.note, at);
    if (written === 'conflict' || turn.outcome === 'trying') continue;
    return turn.kind === 'named' ? 'named' : turn.outcome;
  }
  return 'busy';
}

async function takeInKept(
  { debtorId, messages }: { readonly debtorId: string; readonly messages: readonly KeptMessage[] },
  { message }: AddressSetting,
  parts: ReceiveMessageParts,
): Promise<boolean> {
  for (const kept of messages) {
    const { kind } = await takeInReply(incomingOf(message, debtorId, kept), parts);
    if (kind === 'busy') return false;
  }
  return true;
}

const texts: Readonly<Partial<Record<TurnsTaken, StrangerText>>> = {
  told_stranger: 'reply-stranger',
  asked_which_person: 'reply-which-person',
};

function answered(
  outcome: TurnsTaken,
  creditor: Creditor | undefined,
  { language }: Pick<ReplyReading, 'language'>,
): Received {
  if (outcome === 'busy' || outcome === 'named') return { kind: outcome };
  const text = texts[outcome];
  if (text === undefined || creditor === undefined) return { kind: 'noted' };
  return { kind: 'noted', answer: { text, creditor, locale: answerLocale(language, creditor) } };
}
