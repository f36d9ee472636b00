import {
  contactChannels,
  contactOutcomes,
  countingClasses,
  type ContactChannel,
  type ContactOutcome,
  type CountExclusion,
  type CountingClass,
} from '#shared/contracts/permission-words.ts';
import type { ContactEvent, ContactRequest } from './contact-request.ts';

type ClassRule = {
  readonly direction?: 'outbound';
  readonly channels?: readonly ContactChannel[];
  readonly outcomes?: readonly ContactOutcome[];
  readonly not?: readonly ContactOutcome[];
};

/** What each class counts, as data: an event belongs to a class when it passes every test that the class names. */
const classRules: Readonly<Record<CountingClass, ClassRule>> = {
  call_placed: { direction: 'outbound', channels: ['call', 'voicemail'] },
  unanswered_attempt: { direction: 'outbound', channels: ['call'], outcomes: ['no_answer', 'busy'] },
  effective_call: { direction: 'outbound', channels: ['call'], outcomes: ['answered', 'conversation'] },
  conversation: { outcomes: ['conversation'] },
  contact_made: { direction: 'outbound', outcomes: ['answered', 'conversation', 'voicemail', 'delivered'] },
  any_contact: { direction: 'outbound', not: ['undelivered', 'not_in_service'] },
  phone_or_sms: { direction: 'outbound', channels: ['call', 'voicemail', 'sms'] },
  electronic_msg: { direction: 'outbound', channels: ['sms', 'email'] },
  call_or_visit: { direction: 'outbound', channels: ['call', 'visit'] },
};

/** An event's classes and properties as bits, so that a rule counts it with two comparisons. */
export type EventMarks = number;

export const namesDebt: EventMarks = 1 << 16;
export const toDestination: EventMarks = 1 << 17;

const exclusionMarks: Readonly<Record<CountExclusion, EventMarks>> = {
  not_in_service: 1 << 18,
  consented: 1 << 19,
  attorney_or_creditor: 1 << 20,
};

export function classMark(name: CountingClass): EventMarks {
  return 1 << countingClasses.indexOf(name);
}

export function exclusionMark(name: CountExclusion): EventMarks {
  return exclusionMarks[name];
}

/** Marks of one event as seen by a request. An event after the request's own instant has none and never counts. */
export function marksOf(event: ContactEvent, request: ContactRequest): EventMarks {
  if (event.at > request.at) return 0;
  let marks = classMarksByKey[event.direction][event.channel][event.outcome];
  if (namesDebtOf(event, request)) marks |= namesDebt;
  if (goesToDestinationOf(event, request)) marks |= toDestination;
  if (event.outcome === 'not_in_service') marks |= exclusionMarks.not_in_service;
  if (event.consented === true) marks |= exclusionMarks.consented;
  if (event.role === 'attorney' || event.role === 'creditor') marks |= exclusionMarks.attorney_or_creditor;
  return marks;
}

/** A request that does not say which debt it is about is taken to be about any debt that an event names. */
function namesDebtOf(event: ContactEvent, request: ContactRequest): boolean {
  if (event.debts === undefined || event.debts.length === 0) return false;
  return request.debt === undefined || event.debts.includes(request.debt.id);
}

/** Likewise a request without a destination may be going to any number. */
function goesToDestinationOf(event: ContactEvent, request: ContactRequest): boolean {
  const value = request.destination?.value;
  return event.value !== undefined && (value === undefined || event.value === value);
}

type MarksByOutcome = Readonly<Record<ContactOutcome, EventMarks>>;
type MarksByChannel = Readonly<Record<ContactChannel, MarksByOutcome>>;

/** All classes of every combination, worked out once: history is long and classes are few. */
const classMarksByKey: Readonly<Record<'outbound' | 'inbound', MarksByChannel>> = {
  outbound: marksByChannel('outbound'),
  inbound: marksByChannel('inbound'),
};

function marksByChannel(direction: 'outbound' | 'inbound'): MarksByChannel {
  const marks = (channel: ContactChannel): MarksByOutcome => {
    const of = (outcome: ContactOutcome) => classesOf(direction, channel, outcome);
    return {
      no_answer: of('no_answer'),
      busy: of('busy'),
      voicemail: of('voicemail'),
      answered: of('answered'),
      conversation: of('conversation'),
      not_in_service: of('not_in_service'),
      delivered: of('delivered'),
      undelivered: of('undelivered'),
      sent: of('sent'),
    };
  };
  return {
    call: marks('call'),
    voicemail: marks('voicemail'),
    sms: marks('sms'),
    email: marks('email'),
    letter: marks('letter'),
    visit: marks('visit'),
  };
}

function classesOf(direction: string, channel: ContactChannel, outcome: ContactOutcome): EventMarks {
  const counted = countingClasses.filter((name) => {
    const {
      direction: from = direction,
      channels = contactChannels,
      outcomes = contactOutcomes,
      not = [],
    } = classRules[name];
    return (
      from === direction && channels.includes(channel) && outcomes.includes(outcome) && !not.includes(outcome)
    );
  });
  return counted.reduce((marks, name) => marks | classMark(name), 0);
}
