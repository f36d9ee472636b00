import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Channel } from '#shared/contracts/primitives.ts';

/** An earlier contact as the permission rules count it. */
export interface HistoryEvent {
  readonly at: number;
  readonly channel: Channel;
  readonly direction: 'outbound';
  readonly outcome: Outcome;
  readonly debts: readonly string[];
  readonly value: string;
  readonly by: 'issuer';
}
type Outcome =
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'no_answer'
  | 'busy'
  | 'voicemail'
  | 'answered'
  | 'conversation'
  | 'not_in_service';

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
} as const satisfies Record<AttemptState, Outcome | null>;

/** The ledger as history for the permission rules. */
export function historyOf(attempts: readonly LedgerEntry[]): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const entry of attempts) {
    const outcome = outcomeOf[entry.state];
    if (outcome === null) continue;
    events.push({
      at: entry.reservedAt,
      channel: entry.channel,
      direction: 'outbound',
      outcome,
      debts: entry.about.map((subject) => subject.accountId),
      value: entry.destination,
      by: 'issuer',
    });
  }
  return events;
}
