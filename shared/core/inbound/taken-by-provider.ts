import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { IncomingReply } from './incoming-reply.ts';
import type { ReceivedMessage } from './received-message.ts';

/**
 * What the provider has done about a keyword by itself: it has ended or opened the number and said so. Undefined when it has
 * done nothing, so that the message is read and answered like any other.
 *
 * Example: "YES" from somebody whose number is stopped starts it again; from anybody else it answers our question.
 */
export function takenByProvider(
  { keyword, channel, from }: ReceivedMessage,
  people: readonly Person[],
  creditor: Pick<Creditor, 'smsKeywords'> | undefined,
): IncomingReply['takenByProvider'] {
  if (keyword === undefined) return undefined;
  const actsOnIt = keyword.isCertain || creditor?.smsKeywords !== 'ours';
  if (!actsOnIt) return undefined;
  const mayBeAnswer = keyword.isAlsoAnswer && !people.some((person) => isStoppedAt(person, channel, from));
  return mayBeAnswer ? undefined : keyword.kind;
}

function isStoppedAt(person: Person, channel: ReceivedMessage['channel'], from: string): boolean {
  const hasOptedOut = person.consents.some(
    (consent) =>
      consent.channel === channel &&
      consent.level === 'optout' &&
      (consent.number === undefined || consent.number === from),
  );
  const isEnded = person.endedDestinations.some(
    (ended) => ended.channel === channel && ended.value === from && ended.reason === 'opted_out_at_provider',
  );
  return hasOptedOut || isEnded;
}
