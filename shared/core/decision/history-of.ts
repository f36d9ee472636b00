import type { Inbound } from '#shared/contracts/inbound.ts';
import type { AttemptState } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { ContactOutcome } from '#shared/contracts/permission-words.ts';
import type { ContactEvent } from '#shared/core/permission/contact-request.ts';
import { toInstant } from '#shared/kernel/instant.ts';

/**
 * What each ledger state counts as. An outcome nobody knows yet counts as sent, because it may have been; a failure that
 * surely sent nothing never happened (null).
 */
const outcomeOf = {
  reserved: 'sent',
  unknown: 'sent',
  accepted: 'sent',
  sent: 'sent',
  failed: null,
  not_in_service: 'not_in_service',
  undelivered: 'undelivered',
  no_answer: 'no_answer',
  busy: 'busy',
  voicemail: 'voicemail',
  delivered: 'delivered',
  answered: 'answered',
  conversation: 'conversation',
} as const satisfies Record<AttemptState, ContactOutcome | null>;

/** What the person did themselves. What they said while we called them is part of that call. */
function inboundEvents(inbound: readonly Inbound[]): ContactEvent[] {
  const events: ContactEvent[] = [];
  for (const { at, channel, from, during } of inbound) {
    if (during !== undefined) continue;
    const outcome = channel === 'call' ? 'conversation' : 'delivered';
    events.push({ at: toInstant(at), channel, direction: 'inbound', outcome, value: from });
  }
  return events;
}

/** The ledger, and what the person wrote or said of their own accord, as history for the permission rules. */
export function historyOf({
  attempts,
  inbound,
}: Pick<Person, 'attempts' | 'inbound'>): readonly ContactEvent[] {
  const events = inboundEvents(inbound);
  for (const entry of attempts) {
    const outcome = outcomeOf[entry.state];
    if (outcome === null) continue;
    events.push({
      at: toInstant(entry.reservedAt),
      channel: entry.channel,
      direction: 'outbound',
      outcome,
      debts: entry.about.map((subject) => subject.accountId),
      value: entry.destination,
    });
  }
  return events;
}
