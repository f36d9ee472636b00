import type { IdentityFact } from '#shared/contracts/agreement-rules.ts';
import {
  handledMessagesMax,
  keptMessagesMax,
  keptTextMax,
  type AddressNote,
  type AddressOutcome,
  type KeptMessage,
} from '#shared/contracts/address-note.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { ReplyKind, ReplyReading } from '#shared/contracts/replies.ts';
import { formatLocalDate } from '#shared/kernel/local-date.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import type { IncomingReply } from './incoming-reply.ts';
import { looksLikeIdentity, namesOnePerson } from './names-one-person.ts';
import type { ReceivedMessage } from './received-message.ts';

/** How long a message is kept for the one who wrote it. */
const keptForMs = dayMs;
/** Direct answers to one address on one day, or two machines would write to each other for ever. */
const strangerAnswersPerDayMax = 2;
const questionsPerDayMax = 3;
/** Wrong answers on one day, after which none is looked at. */
const wrongTriesPerDayMax = 3;

/** A message from an address at which nobody is known, or several people are, and what is remembered of the address. */
export interface AddressSetting {
  readonly message: ReceivedMessage;
  readonly takenByProvider: IncomingReply['takenByProvider'];
  /** Everybody who is there: none, or at least two. */
  readonly people: readonly Person[];
  readonly reading: Pick<ReplyReading, 'intents'>;
  readonly facts: readonly IdentityFact[];
}

/**
 * What to do about it. `handled`: it was dealt with before. `note`: write the note, and `outcome` is what became of the message;
 * `trying` is looked at once more after that. `named`: the messages are this person's; take them in, then write the note.
 */
export type AddressTurn =
  | { readonly kind: 'handled'; readonly outcome: AddressOutcome }
  | { readonly kind: 'note'; readonly outcome: AddressOutcome; readonly note: AddressNote }
  | {
      readonly kind: 'named';
      readonly debtorId: string;
      readonly messages: readonly KeptMessage[];
      readonly outcome: 'silent';
      readonly note: AddressNote;
    };

/**
 * Decides about one message by what is remembered of its address. Pure, so that a write that meets another message of the same
 * moment is decided again on what that one left behind.
 *
 *     "4711"   trying: a try is taken ── right: given back, the kept messages are that person's
 *                                     └─ wrong: it stays taken, and the same silence
 */
export function addressTurn(setting: AddressSetting, remembered: AddressNote | null): AddressTurn {
  const note = asOf(remembered, setting.message.at);
  const known = note.handled.find(({ inboundId }) => inboundId === setting.message.inboundId);
  if (known?.outcome === 'trying') return hearIdentity(setting, note);
  if (known !== undefined) return { kind: 'handled', outcome: known.outcome };
  return setting.people.length === 0 ? tellStranger(setting, note) : askWhichPerson(setting, note);
}

function asOf(remembered: AddressNote | null, at: number): AddressNote {
  const day = formatLocalDate(Math.floor(at / dayMs));
  if (remembered === null) return { kept: [], handled: [], day, answers: 0, wrongTries: 0 };
  const kept = remembered.kept.filter((one) => one.at > at - keptForMs);
  // A message that comes late belongs to the newest day that was counted: the counts never begin anew.
  return day > remembered.day
    ? { ...remembered, kept, day, answers: 0, wrongTries: 0 }
    : { ...remembered, kept };
}

/** Whoever wants no more gets no more, not even an answer. */
const unanswered: ReadonlySet<ReplyKind> = new Set(['opt_out', 'cease']);

function tellStranger(setting: AddressSetting, note: AddressNote): AddressTurn {
  const { takenByProvider, reading } = setting;
  const isMute = takenByProvider !== undefined || reading.intents.some(({ kind }) => unanswered.has(kind));
  if (isMute || note.answers >= strangerAnswersPerDayMax) return noted(setting, note, 'silent');
  return noted(setting, { ...note, answers: note.answers + 1 }, 'told_stranger');
}

function askWhichPerson(setting: AddressSetting, note: AddressNote): AddressTurn {
  const { message, takenByProvider, reading } = setting;
  if (takenByProvider !== undefined) return noted(setting, note, 'silent');
  if (note.kept.length > 0 && looksLikeIdentity(message.text, reading)) {
    if (note.wrongTries >= wrongTriesPerDayMax) return noted(setting, note, 'silent');
    return noted(setting, { ...note, wrongTries: note.wrongTries + 1 }, 'trying');
  }
  const { inboundId, text, at } = message;
  const added = { inboundId, text: text.slice(0, keptTextMax), at };
  const keeping = { ...note, kept: [...note.kept, added].slice(-keptMessagesMax) };
  if (note.answers >= questionsPerDayMax) return noted(setting, keeping, 'silent');
  return noted(setting, { ...keeping, answers: note.answers + 1 }, 'asked_which_person');
}

function hearIdentity(setting: AddressSetting, note: AddressNote): AddressTurn {
  const { message, people, facts } = setting;
  const named = namesOnePerson(message.text, people, facts);
  if (named === undefined) return noted(setting, note, 'silent');
  const cleared = { ...note, kept: [], wrongTries: Math.max(0, note.wrongTries - 1) };
  return {
    kind: 'named',
    debtorId: named.debtorId,
    messages: note.kept,
    outcome: 'silent',
    note: withOutcome(cleared, message.inboundId, 'silent'),
  };
}

function noted(setting: AddressSetting, note: AddressNote, outcome: AddressOutcome): AddressTurn {
  return { kind: 'note', outcome, note: withOutcome(note, setting.message.inboundId, outcome) };
}

function withOutcome(note: AddressNote, inboundId: string, outcome: AddressOutcome): AddressNote {
  const others = note.handled.filter((one) => one.inboundId !== inboundId);
  return { ...note, handled: [...others, { inboundId, outcome }].slice(-handledMessagesMax) };
}
