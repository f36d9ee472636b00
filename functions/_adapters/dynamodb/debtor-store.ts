import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Account, Payment } from '#shared/contracts/account.ts';
import type { Consent, EndedDestination } from '#shared/contracts/debtor.ts';
import type { Evidence } from '#shared/contracts/evidence.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { WakeUp } from '#shared/contracts/person.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { DebtorStore, DueWakeUp, Guarded } from '#shared/ports/debtor-store.ts';
import { evidenceItem } from './evidence-item.ts';
import { writeGuarded, writeTogether, type TransactItem } from './guarded-write.ts';
import { moveWakeUp, raiseVersion } from './head-update.ts';
import {
  accountItem,
  attemptItem,
  caseItem,
  consentItem,
  endedItem,
  paymentItem,
  placementItem,
  type Item,
} from './items.ts';
import { dueWakeUps, loadFeeds, loadPerson } from './queries.ts';
import { recordAttempt } from './record-attempt.ts';
import { saveFeeds } from './save-feeds.ts';
import type { Table } from './table.ts';

/** The Debtors table behind the port; each write is one conditional update or one transaction. */
export function createDebtorStore(table: Table): DebtorStore {
  return {
    load: (debtorId) => loadPerson(table, debtorId),
    loadFeeds: (debtorIds) => loadFeeds(table, debtorIds),
    saveFeeds: (changes) => saveFeeds(table, changes),
    setWakeUp: (debtorId, version, wakeUp) => {
      const update = raiseVersion(table, debtorId, { version, wakeUp });
      return writeGuarded(() => table.client.send(new UpdateCommand(update)));
    },
    reserve: (version, entry, next, evidence) => reserve(table, version, { entry, next, evidence }),
    recordAttempt: (debtorId, contactId, change) => recordAttempt(table, { debtorId, contactId }, change),
    endDestination: (debtorId, ended) => endDestination(table, debtorId, ended),
    recordConsent: (debtorId, consent) => recordConsent(table, debtorId, consent),
    recordPayment: (version, payment, account) => recordPayment(table, version, { payment, account }),
    openCase: (version, opened, next) =>
      handOver(table, version, { item: caseItem(opened), debtorId: opened.debtorId, next }),
    place: (version, placement, next) =>
      handOver(table, version, { item: placementItem(placement), debtorId: placement.debtorId, next }),
    due: (shard, before, limit, only) => dueWakeUps(table, shard, { before, limit, only }),
    lease: (due, until) => lease(table, due, until),
    recordEvidence: (evidence) => recordEvidence(table, evidence),
  };
}

const isNew = 'attribute_not_exists(PK)';

function put(table: Table, item: Item, condition: object = {}): TransactItem {
  return { Put: { TableName: table.name, Item: item, ...condition } };
}

function reserve(
  table: Table,
  version: number,
  {
    entry,
    next,
    evidence,
  }: { readonly entry: LedgerEntry; readonly next: WakeUp | null; readonly evidence: Evidence },
): Promise<Guarded> {
  return writeTogether(table, [
    { Update: raiseVersion(table, entry.debtorId, { version, wakeUp: next }) },
    put(table, attemptItem(entry), { ConditionExpression: isNew }),
    put(table, evidenceItem(evidence), { ConditionExpression: isNew }),
  ]);
}

async function recordEvidence(table: Table, evidence: Evidence): Promise<void> {
  const once = { TableName: table.name, Item: evidenceItem(evidence), ConditionExpression: isNew };
  await writeGuarded(() => table.client.send(new PutCommand(once)));
}

async function endDestination(table: Table, debtorId: string, ended: EndedDestination): Promise<void> {
  await writeTogether(table, [
    { Update: raiseVersion(table, debtorId, {}) },
    put(table, endedItem(debtorId, ended), { ConditionExpression: isNew }),
  ]);
}

/**
 *     reply STOP at 10:02 ───── written ──────────────────────── stays
 *     reply START at 10:01 (delivered late) ──── condition fails, nothing changes
 *
 * Of two words of the same moment the one that refuses stands.
 */
async function recordConsent(table: Table, debtorId: string, consent: Consent): Promise<void> {
  const storedIsOlder = consent.level === 'optout' ? '#at <= :at' : '#at < :at';
  await writeTogether(table, [
    { Update: raiseVersion(table, debtorId, {}) },
    put(table, consentItem(debtorId, consent), {
      ConditionExpression: `${isNew} OR ${storedIsOlder}`,
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':at': consent.at },
    }),
  ]);
}

/**
 *     payment   load (account of feed A) ───────────────────── write: the account is of feed B: conflict
 *     feed                                 writes feed B ──┘
 *
 * A feed that stops nothing does not raise the version, so the payment also names the feed row that it changes.
 */
function recordPayment(
  table: Table,
  version: number,
  { payment, account }: { readonly payment: Payment; readonly account: Account },
): Promise<Guarded> {
  const sameFeedRow = 'feedHash = :feedHash';
  return writeTogether(table, [
    { Update: raiseVersion(table, payment.debtorId, { version }) },
    put(table, paymentItem(payment), { ConditionExpression: isNew }),
    put(table, accountItem(account), {
      ConditionExpression: sameFeedRow,
      ExpressionAttributeValues: { ':feedHash': account.feedHash },
    }),
  ]);
}

function handOver(
  table: Table,
  version: number,
  { item, debtorId, next }: { readonly item: Item; readonly debtorId: string; readonly next: WakeUp | null },
): Promise<Guarded> {
  return writeTogether(table, [
    { Update: raiseVersion(table, debtorId, { version, wakeUp: next }) },
    put(table, item),
  ]);
}

async function lease(table: Table, due: DueWakeUp, until: Instant): Promise<'leased' | 'replaced'> {
  const update = moveWakeUp(table, due.debtorId, due.wakeUp, { at: until, for: due.wakeUp.for });
  const moved = await writeGuarded(() => table.client.send(new UpdateCommand(update)));
  return moved === 'done' ? 'leased' : 'replaced';
}
