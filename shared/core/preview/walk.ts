import type { HandOverReason, LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Because } from '#shared/core/decision/decision.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** An account that the machine gives to a queue of people or of an agency, and why. */
export interface HandedOver {
  readonly accountId: string;
  readonly at: Instant;
  readonly queue: string;
  readonly reason: HandOverReason;
  readonly because: Because;
}

/** What would happen to one person in some days under one configuration, each list in order of time. */
export interface Walk {
  readonly debtorId: string;
  readonly contacts: readonly LedgerEntry[];
  readonly handedOver: readonly HandedOver[];
  /** Rules and facts that held a contact back for a while, each once. */
  readonly heldBackBy: readonly string[];
  /** `rest`: nothing is to be done until something changes. `waits`: the next look lies beyond the walk. */
  readonly end: 'rest' | 'waits';
}
