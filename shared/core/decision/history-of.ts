import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
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

/** The ledger as history for the permission rules. */
export function historyOf(attempts: readonly LedgerEntry[]): readonly ContactEvent[] {
  const events: ContactEvent[] = [];
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
