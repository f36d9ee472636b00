import type { Account, Payment } from '#shared/contracts/account.ts';
import type { Act } from '#shared/contracts/act.ts';
import type { PaymentPlan, PaymentPromise } from '#shared/contracts/agreement.ts';
import type { Hold } from '#shared/contracts/hold.ts';
import type { Inbound } from '#shared/contracts/inbound.ts';
import type { LinkStanding } from '#shared/contracts/link.ts';
import type { Preferences } from '#shared/contracts/preferences.ts';
import type { LinkStore } from '#shared/ports/link-store.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import type { Consent, Debtor, EndedDestination } from '#shared/contracts/debtor.ts';
import type { Evidence } from '#shared/contracts/evidence.ts';
import type { Case, LedgerEntry, Placement } from '#shared/contracts/ledger.ts';
import type { Person, WakeUp } from '#shared/contracts/person.ts';
import { assertDistinctFeeds } from '#shared/core/identity/assert-distinct-feeds.ts';
import { parseDecisionId } from '#shared/core/identity/decision-id.ts';
import { shardOf } from '#shared/core/identity/shard.ts';
import { advanceAttempt } from '#shared/core/ledger/advance-attempt.ts';
import { inLedgerOrder } from '#shared/core/ledger/ledger-order.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { DebtorStore, DueWakeUp, FeedChange, Guarded } from '#shared/ports/debtor-store.ts';
import type { EvidenceLog } from '#shared/ports/evidence-log.ts';
import { FakeAddressBook } from './fake-address-book.ts';

/** One person's partition. */
interface Partition {
  version: number;
  wakeUp: WakeUp | undefined;
  debtor: Debtor | undefined;
  readonly accounts: Map<string, Account>;
  readonly attempts: Map<string, LedgerEntry>;
  readonly consents: Map<string, Consent>;
  readonly ended: Map<string, EndedDestination>;
  readonly payments: Map<string, Payment>;
  readonly cases: Map<string, Case>;
  readonly placements: Map<string, Placement>;
  readonly promises: Map<string, PaymentPromise>;
  readonly plans: Map<string, PaymentPlan>;
  readonly holds: Map<string, Hold>;
  readonly acts: Map<string, Act>;
  readonly inbound: Map<string, Inbound>;
  preferences: Preferences | undefined;
}

export type FakeDebtorStore = DebtorStore & EvidenceLog & LinkStore & AddressBook;

/**
 * The Debtors table in memory, with the same conditions as the real one (test/suites/debtor-store.suite.ts runs on both).
 * What it stores is a frozen copy: a test that changes what it loaded fails instead of changing the store.
 */
export function createFakeDebtorStore(options: { readonly shards: number }): FakeDebtorStore {
  const partitions = new Map<string, Partition>();
  /** By decision id; beside the persons, as in the table. */
  const evidence = new Map<string, Evidence>();
  /** By the hash of their code; beside the persons, as in the table. */
  const links = new Map<string, LinkStanding>();
  const addresses = new FakeAddressBook();
  const shards = Array.from({ length: options.shards }, () => new Map<string, WakeUp>());

  function partitionOf(debtorId: string): Partition {
    const existing = partitions.get(debtorId);
    if (existing !== undefined) return existing;
    const created = emptyPartition();
    partitions.set(debtorId, created);
    return created;
  }

  function setWakeUp(debtorId: string, wakeUp: WakeUp | null): void {
    const shard = shards[shardOf(debtorId, options.shards)];
    partitionOf(debtorId).wakeUp = wakeUp === null ? undefined : frozen(wakeUp);
    if (wakeUp === null) shard?.delete(debtorId);
    else shard?.set(debtorId, frozen(wakeUp));
  }

  /** Raises the version and applies the change, unless the version is another or the change is refused. */
  function guarded(
    debtorId: string,
    version: number,
    change: (person: Partition) => boolean,
  ): Promise<Guarded> {
    if ((partitions.get(debtorId)?.version ?? 0) !== version) return Promise.resolve('conflict');
    const person = partitionOf(debtorId);
    if (!change(person)) return Promise.resolve('conflict');
    person.version += 1;
    return Promise.resolve('done');
  }

  return {
    load: (debtorId) => {
      const person = partitions.get(debtorId);
      return Promise.resolve(person === undefined || isEmpty(person) ? null : toPerson(debtorId, person));
    },
    loadFeeds: (debtorIds) => Promise.resolve(feedsOf(partitions, debtorIds)),
    saveFeeds: (changes) =>
      new Promise((resolve) => {
        assertDistinctFeeds(changes);
        for (const change of changes) {
          saveFeed(partitionOf(change.debtorId), change);
          addresses.note(change);
        }
        resolve();
      }),
    setWakeUp: (debtorId, version, wakeUp) =>
      guarded(debtorId, version, () => {
        setWakeUp(debtorId, wakeUp);
        return true;
      }),
    reserve: (version, { entry, next, evidence: proof, link }) =>
      guarded(entry.debtorId, version, (person) => {
        if (evidence.has(proof.decisionId) || (link !== undefined && links.has(link.codeHash))) return false;
        if (!addNew(person.attempts, entry.contactId, entry)) return false;
        addNew(evidence, proof.decisionId, proof);
        if (link !== undefined) addNew(links, link.codeHash, { link, wrongTries: 0 });
        setWakeUp(entry.debtorId, next);
        return true;
      }),
    recordAttempt: (debtorId, contactId, change) => {
      const attempts = partitions.get(debtorId)?.attempts;
      const entry = attempts?.get(contactId);
      if (attempts === undefined || entry === undefined) return Promise.resolve('missing');
      const advance = advanceAttempt(entry, change);
      attempts.set(contactId, frozen(advance.entry));
      return Promise.resolve(advance.outcome);
    },
    endDestination: (debtorId, ended) => {
      const person = partitionOf(debtorId);
      if (addNew(person.ended, `${ended.channel}#${ended.value}`, ended)) person.version += 1;
      return Promise.resolve();
    },
    recordConsent: (debtorId, consent) => {
      const person = partitionOf(debtorId);
      if (replaces(consent, person.consents.get(consentKey(consent)))) {
        person.consents.set(consentKey(consent), frozen(consent));
        person.version += 1;
      }
      return Promise.resolve();
    },
    change: (debtorId, version, change, next) =>
      guarded(debtorId, version, (person) => {
        if (!canTake(person, change)) return false;
        take(person, change);
        if (next !== undefined) setWakeUp(debtorId, next);
        return true;
      }),
    openCase: (version, opened, next) =>
      guarded(opened.debtorId, version, (person) => {
        person.cases.set(opened.caseId, frozen(opened));
        setWakeUp(opened.debtorId, next);
        return true;
      }),
    place: (version, placement, next) =>
      guarded(placement.debtorId, version, (person) => {
        person.placements.set(placement.placementId, frozen(placement));
        setWakeUp(placement.debtorId, next);
        return true;
      }),
    due: (shard, before, limit, only) => Promise.resolve(dueIn(shards[shard], { before, limit, only })),
    lease: ({ debtorId, wakeUp }, until) => {
      const present = partitions.get(debtorId)?.wakeUp;
      if (present?.at !== wakeUp.at || present.for !== wakeUp.for) return Promise.resolve('replaced');
      setWakeUp(debtorId, { at: until, for: wakeUp.for });
      return Promise.resolve('leased');
    },
    recordEvidence: (proof) => {
      addNew(evidence, proof.decisionId, proof);
      return Promise.resolve();
    },
    whoIsAt: (address) => addresses.whoIsAt(address),
    find: (codeHash) => Promise.resolve(links.get(codeHash) ?? null),
    takeTry: (codeHash, triesMax) => {
      const standing = links.get(codeHash);
      if (standing === undefined || standing.wrongTries >= triesMax) return Promise.resolve('none_left');
      const wrongTries = standing.wrongTries + 1;
      links.set(codeHash, frozen({ ...standing, wrongTries }));
      return Promise.resolve(wrongTries >= triesMax ? 'last' : 'taken');
    },
    giveTryBack: (codeHash) => {
      const standing = links.get(codeHash);
      if (standing !== undefined && standing.wrongTries > 0)
        links.set(codeHash, frozen({ ...standing, wrongTries: standing.wrongTries - 1 }));
      return Promise.resolve();
    },
    evidence: (debtorId, range) => Promise.resolve(evidenceIn(evidence, debtorId, range)),
    evidenceOf: (decisionId) => Promise.resolve(evidence.get(decisionId) ?? null),
    findAccount: (accountId) => Promise.resolve(ownerOf(partitions, accountId)),
  };
}

function emptyPartition(): Partition {
  return {
    version: 0,
    wakeUp: undefined,
    debtor: undefined,
    accounts: new Map(),
    attempts: new Map(),
    consents: new Map(),
    ended: new Map(),
    payments: new Map(),
    cases: new Map(),
    placements: new Map(),
    promises: new Map(),
    plans: new Map(),
    holds: new Map(),
    acts: new Map(),
    inbound: new Map(),
    preferences: undefined,
  };
}

/** Everything but feed data raises the version. */
function isEmpty(person: Partition): boolean {
  return person.version === 0 && person.debtor === undefined && person.accounts.size === 0;
}

function saveFeed(person: Partition, change: FeedChange): void {
  if (change.debtor !== undefined) person.debtor = frozen(change.debtor);
  for (const account of change.accounts) person.accounts.set(account.accountId, frozen(account));
  if (change.stops) person.version += 1;
}

function consentKey({ channel, number }: Consent): string {
  return `${channel}#${number ?? '*'}`;
}

/** Whether the conditions of a change hold that the version does not guard. */
function canTake(person: Partition, { accounts = [], consents = [] }: PersonChange): boolean {
  return (
    accounts.every(({ accountId, feedHash }) => person.accounts.get(accountId)?.feedHash === feedHash) &&
    consents.every((consent) => replaces(consent, person.consents.get(consentKey(consent))))
  );
}

function take(person: Partition, change: PersonChange): void {
  putAll(person.accounts, change.accounts, ({ accountId }) => accountId);
  putAll(person.payments, change.payments, ({ paymentId }) => paymentId);
  putAll(person.acts, change.acts, ({ actId }) => actId);
  putAll(person.inbound, change.inbound, ({ inboundId }) => inboundId);
  putAll(person.promises, change.promises, ({ promiseId }) => promiseId);
  putAll(person.plans, change.plans, ({ planId }) => planId);
  putAll(person.holds, change.holds, ({ holdId }) => holdId);
  putAll(person.cases, change.cases, ({ caseId }) => caseId);
  putAll(person.consents, change.consents, consentKey);
  putAll(person.ended, change.endedDestinations, ({ channel, value }) => `${channel}#${value}`);
  for (const { channel, value } of change.reopenedDestinations ?? [])
    person.ended.delete(`${channel}#${value}`);
  if (change.preferences !== undefined) person.preferences = frozen(change.preferences);
}

function putAll<T>(stored: Map<string, T>, values: readonly T[] = [], idOf: (value: T) => string): void {
  for (const value of values) stored.set(idOf(value), frozen(value));
}

function replaces(consent: Consent, stored: Consent | undefined): boolean {
  if (stored === undefined || stored.at < consent.at) return true;
  return consent.level === 'optout' && stored.at === consent.at;
}

function addNew<T>(values: Map<string, T>, id: string, value: T): boolean {
  if (values.has(id)) return false;
  values.set(id, frozen(value));
  return true;
}

function toPerson(debtorId: string, person: Partition): Person {
  return {
    debtorId,
    version: person.version,
    ...(person.debtor === undefined ? {} : { debtor: person.debtor }),
    accounts: byKey(person.accounts),
    attempts: inLedgerOrder([...person.attempts.values()]),
    consents: byKey(person.consents),
    endedDestinations: byKey(person.ended),
    payments: byKey(person.payments),
    cases: byKey(person.cases),
    placements: byKey(person.placements),
    promises: byKey(person.promises),
    plans: byKey(person.plans),
    holds: byKey(person.holds),
    acts: byKey(person.acts),
    inbound: byKey(person.inbound),
    ...(person.preferences === undefined ? {} : { preferences: person.preferences }),
    ...(person.wakeUp === undefined ? {} : { wakeUp: person.wakeUp }),
  };
}

function feedsOf(partitions: ReadonlyMap<string, Partition>, debtorIds: readonly string[]) {
  const feeds = new Map<string, Pick<Person, 'debtor' | 'accounts'>>();
  for (const debtorId of debtorIds) {
    const person = partitions.get(debtorId);
    if (person?.debtor === undefined) continue;
    feeds.set(debtorId, { debtor: person.debtor, accounts: byKey(person.accounts) });
  }
  return feeds;
}

function dueIn(
  shard: ReadonlyMap<string, WakeUp> | undefined,
  { before, limit, only }: { before: number; limit: number; only: WakeUp['for'] | undefined },
): DueWakeUp[] {
  const due: DueWakeUp[] = [];
  for (const [debtorId, wakeUp] of shard ?? []) {
    if (wakeUp.at < before && (only === undefined || wakeUp.for === only)) due.push({ debtorId, wakeUp });
  }
  return due.sort((a, b) => a.wakeUp.at - b.wakeUp.at || (a.debtorId < b.debtorId ? -1 : 1)).slice(0, limit);
}

function evidenceIn(
  evidence: ReadonlyMap<string, Evidence>,
  debtorId: string,
  { from = toInstant(0), to }: { readonly from?: Instant; readonly to?: Instant } = {},
): Evidence[] {
  const found = [...evidence.values()].map((proof) => ({ proof, key: parseDecisionId(proof.decisionId) }));
  return found
    .flatMap(({ proof, key }) => (key?.debtorId === debtorId ? [{ ...key, proof }] : []))
    .filter(({ wokenFor }) => wokenFor >= from && (to === undefined || wokenFor < to))
    .sort((a, b) => a.wokenFor - b.wokenFor || (a.hash < b.hash ? -1 : 1))
    .map(({ proof }) => proof);
}

function ownerOf(partitions: ReadonlyMap<string, Partition>, accountId: string): string | null {
  const owners = [...partitions].filter(([, person]) => person.accounts.has(accountId)).map(([id]) => id);
  return owners.sort()[0] ?? null;
}

function byKey<T>(values: ReadonlyMap<string, T>): T[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function frozen<T>(value: T): T {
  return deepFreeze(structuredClone(value));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
