import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Consent, EndedDestination } from '#shared/contracts/debtor.ts';
import type { Evidence } from '#shared/contracts/evidence.ts';
import type { WakeUp } from '#shared/contracts/person.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { DebtorStore, DueWakeUp, Guarded, Reservation } from '#shared/ports/debtor-store.ts';
import { evidenceItem } from './evidence-item.ts';
import { isNew, put, writeGuarded, writeTogether } from './guarded-write.ts';
import { moveWakeUp, raiseVersion } from './head-update.ts';
import { attemptItem, caseItem, endedItem, linkItem, placementItem, type Item } from './items.ts';
import { putConsent, writeChange } from './person-change.ts';
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
    reserve: (version, reservation) => reserve(table, version, reservation),
    recordAttempt: (debtorId, contactId, change) => recordAttempt(table, { debtorId, contactId }, change),
    endDestination: (debtorId, ended) => endDestination(table, debtorId, ended),
    recordConsent: (debtorId, consent) => recordConsent(table, debtorId, consent),
    change: (debtorId, version, change, next) => writeChange(table, { debtorId, version, next }, change),
    openCase: (version, opened, next) =>
      handOver(table, version, { item: caseItem(opened), debtorId: opened.debtorId, next }),
    place: (version, placement, next) =>
      handOver(table, version, { item: placementItem(placement), debtorId: placement.debtorId, next }),
    due: (shard, before, limit, only) => dueWakeUps(table, shard, { before, limit, only }),
    lease: (due, until) => lease(table, due, until),
    recordEvidence: (evidence) => recordEvidence(table, evidence),
  };
}

function reserve(
  table: Table,
  version: number,
  { entry, next, evidence, link }: Reservation,
): Promise<Guarded> {
  return writeTogether(table, [
    { Update: raiseVersion(table, entry.debtorId, { version, wakeUp: next }) },
    put(table, attemptItem(entry), { ConditionExpression: isNew }),
    put(table, evidenceItem(evidence), { ConditionExpression: isNew }),
    ...(link === undefined ? [] : [put(table, linkItem(link), { ConditionExpression: isNew })]),
  ]);
}

async function recordEvidence(table: Table, evidence: Evidence): Promise<void> {
  const once = { TableName: table.name, Item: evidenceItem(evidence), ConditionExpression: isNew };
  await writeGuarded(() => table.client.send(new PutCommand(once)));
}

async function endDestination(table: Table, debtorId: string, ended: EndedDestination): Promise<void> {
  await writeTogether(table, [
    { Update: raiseVersion(table, debtorId, {}) },
    put(table, endedItem(debtorId, ended), {
      ConditionExpression: `${isNew} OR attribute_exists(reopened)`,
    }),
  ]);
}

async function recordConsent(table: Table, debtorId: string, consent: Consent): Promise<void> {
  await writeTogether(table, [
    { Update: raiseVersion(table, debtorId, {}) },
    putConsent(table, debtorId, consent),
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
