import type { Account } from '#shared/contracts/account.ts';
import type { Consent, Debtor, EndedDestination } from '#shared/contracts/debtor.ts';
import type { Evidence } from '#shared/contracts/evidence.ts';
import type { AttemptChange, Case, LedgerEntry, Placement } from '#shared/contracts/ledger.ts';
import type { Link } from '#shared/contracts/link.ts';
import type { Person, WakeUp } from '#shared/contracts/person.ts';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';

/** `conflict`: the person changed since the facts were read; load again and decide again. */
export type Guarded = 'done' | 'conflict';

/** One person's feed data: the profile and some of their accounts. */
export interface FeedChange {
  readonly debtorId: string;
  /** Present when the profile is new or differs from what is stored. */
  readonly debtor?: Debtor;
  /** Accounts that are new or differ. */
  readonly accounts: readonly Account[];
  /**
   * True when something here may stop a contact that is under way (an account cured, an address or consent changed):
   * the write then also raises the person's version, so that a reservation resting on older facts fails.
   */
  readonly stops: boolean;
}

export interface DueWakeUp {
  readonly debtorId: string;
  readonly wakeUp: WakeUp;
}

/** What is written at the moment that decides whether a contact happens. */
export interface Reservation {
  readonly entry: LedgerEntry;
  readonly next: WakeUp | null;
  readonly evidence: Evidence;
  /** The personal link that the message carries. */
  readonly link?: Link | undefined;
}

/**
 * The Debtors table. Each method but `saveFeeds` is atomic: it happens wholly or not at all, and a method that names a
 * version changes nothing when the person has another.
 */
export interface DebtorStore {
  /**
   * Everything of one person by a consistent read, or null when there is nothing. Attempts come oldest first, all other
   * lists by id.
   */
  load(debtorId: string): Promise<Person | null>;

  /** Profile and accounts of several persons, for comparing a feed with; persons without a profile are absent. */
  loadFeeds(debtorIds: readonly string[]): Promise<ReadonlyMap<string, Pick<Person, 'debtor' | 'accounts'>>>;

  /**
   * Writes feed data. Each person's change is atomic when it `stops`; several persons are independent. A person or an
   * account that is named twice in one call is refused.
   */
  saveFeeds(changes: readonly FeedChange[]): Promise<void>;

  /** Replaces (or with null clears) the person's wake-up, if the version still holds; raises the version. */
  setWakeUp(debtorId: string, version: number, wakeUp: WakeUp | null): Promise<Guarded>;

  /**
   * Writes a `reserved` ledger entry, the evidence of the decision that it rests on, the link in its message and the next wake-up, if the version
   * still holds and no entry has this contact id; raises the version. This is the moment that decides whether a contact
   * happens, and there is none without evidence.
   */
  reserve(version: number, reservation: Reservation): Promise<Guarded>;

  /**
   * Moves an entry forward, as core/ledger/advance-attempt.ts says. `stale`: the entry is already as far or further (a
   * provider id that was missing is still filled in, and a missing reason of the state it is in). `missing`: no such entry.
   */
  recordAttempt(
    debtorId: string,
    contactId: string,
    change: AttemptChange,
  ): Promise<'recorded' | 'stale' | 'missing'>;

  /** Ends a destination and raises the version. Ending it again changes nothing. */
  endDestination(debtorId: string, ended: EndedDestination): Promise<void>;

  /**
   * Stores what the person said of a channel and raises the version. A newer word replaces an older one of the same
   * channel and number; of two of the same moment the one that refuses stands.
   */
  recordConsent(debtorId: string, consent: Consent): Promise<void>;

  /**
   * Writes what one event changes of a person, if the version still holds; raises the version. A wake-up of null clears the
   * present one, absent it stays.
   */
  change(debtorId: string, version: number, change: PersonChange, next?: WakeUp | null): Promise<Guarded>;

  /** Opens a case together with the next wake-up, if the version still holds; raises the version. */
  openCase(version: number, opened: Case, next: WakeUp | null): Promise<Guarded>;

  /** Makes a placement together with the next wake-up, if the version still holds; raises the version. */
  place(version: number, placement: Placement, next: WakeUp | null): Promise<Guarded>;

  /**
   * Wake-ups of one shard that are due before an instant, earliest first, at most `limit`: all, or those of one kind. Of
   * one kind there may be fewer than are due, where very many of others come before them.
   */
  due(shard: number, before: Instant, limit: number, only?: WakeFor): Promise<readonly DueWakeUp[]>;

  /**
   * Moves a wake-up that was handed on to `until`, unless the person was given another one meanwhile. If whoever got it
   * dies, the person is looked at again then. Does not raise the version.
   */
  lease(due: DueWakeUp, until: Instant): Promise<'leased' | 'replaced'>;

  /** Keeps the evidence of a decision that led to no contact. Keeping one of the same id again changes nothing. */
  recordEvidence(evidence: Evidence): Promise<void>;
}
