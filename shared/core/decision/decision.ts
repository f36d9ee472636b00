import type { HandOverReason, LedgerEntry, Subject } from '#shared/contracts/ledger.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** One contact that may happen now: everything a sender needs but the rendered text. */
export interface PlannedContact {
  readonly contactId: string;
  readonly debtorId: string;
  readonly about: readonly Subject[];
  readonly channel: Channel;
  readonly purpose: LedgerEntry['purpose'];
  readonly destination: string;
  readonly template: string;
  readonly locale: string;
  readonly attempt: number;
}

/** Why a contact that fell due is not made now. Rule ids such as `us-regf/hours`, or facts such as `no_destination`. */
export type Because = readonly string[];

/** An account that leaves the automation: the queue that takes it, and why. */
interface HandOver {
  readonly accountId: string;
  readonly dueDate: string;
  readonly queue: string;
  readonly reason: HandOverReason;
  readonly because: Because;
}

/**
 * What is to be done about a person. Not contacting is a result like any other and says why.
 *
 * - `contact`: make this contact now.
 * - `wait`: look again at `until`; `for` names the channel that the next contact is expected on.
 * - `case`: a person has to take this account over; `priority` is its place in their list, higher first. `place`: an agency has to.
 * - `rest`: nothing to do until something about the person changes.
 */
export type Decision =
  | { readonly kind: 'contact'; readonly contact: PlannedContact }
  | { readonly kind: 'wait'; readonly until: Instant; readonly for: WakeFor; readonly because: Because }
  | ({ readonly kind: 'case'; readonly priority: number } & HandOver)
  | ({ readonly kind: 'place'; readonly agency: string } & HandOver)
  | { readonly kind: 'rest' };
