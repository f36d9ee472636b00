import type { Account } from '#shared/contracts/account.ts';
import type { Consent, EndedDestination } from '#shared/contracts/debtor.ts';
import type { WakeUp } from '#shared/contracts/person.ts';
import type { Guarded } from '#shared/ports/debtor-store.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import { isNew, put, writeTogether, type TransactItem } from './guarded-write.ts';
import { endedKey, partitionOf } from './keys.ts';
import { raiseVersion } from './head-update.ts';
import {
  accountItem,
  actItem,
  caseItem,
  consentItem,
  endedItem,
  holdItem,
  inboundItem,
  layout,
  paymentItem,
  planItem,
  preferencesItem,
  promiseItem,
  type Item,
} from './items.ts';
import type { Table } from './table.ts';

interface ChangeTarget {
  readonly debtorId: string;
  readonly version: number;
  /** Null clears the wake-up, undefined leaves it. */
  readonly next: WakeUp | null | undefined;
}

/** Writes everything that one event changes of a person in one transaction that rests on the version read. */
export function writeChange(
  table: Table,
  { debtorId, version, next }: ChangeTarget,
  change: PersonChange,
): Promise<Guarded> {
  const wakeUp = next === undefined ? {} : { wakeUp: next };
  const plain = plainItems(debtorId, change).map((item) => put(table, item));
  return writeTogether(table, [
    { Update: raiseVersion(table, debtorId, { version, ...wakeUp }) },
    ...(change.accounts ?? []).map((account) => putAccount(table, account)),
    ...(change.consents ?? []).map((consent) => putConsent(table, debtorId, consent)),
    ...plain,
    ...(change.reopenedDestinations ?? []).map((ended) => reopen(table, debtorId, ended)),
  ]);
}

/** Items that the version guards alone. */
function plainItems(debtorId: string, change: PersonChange): Item[] {
  const { endedDestinations = [], preferences } = change;
  return [
    ...itemsOf(change.payments, paymentItem),
    ...itemsOf(change.acts, actItem),
    ...itemsOf(change.inbound, inboundItem),
    ...itemsOf(change.promises, promiseItem),
    ...itemsOf(change.plans, planItem),
    ...itemsOf(change.holds, holdItem),
    ...itemsOf(change.cases, caseItem),
    ...endedDestinations.map((ended) => endedItem(debtorId, ended)),
    ...(preferences === undefined ? [] : [preferencesItem(debtorId, preferences)]),
  ];
}

/**
 * A destination that is open again stays as a mark: nobody may delete from the table, and its change wakes whoever decides.
 * Older code passes the mark over and keeps to it that the destination is ended.
 */
function reopen(
  table: Table,
  debtorId: string,
  ended: Pick<EndedDestination, 'channel' | 'value'>,
): TransactItem {
  return {
    Update: {
      TableName: table.name,
      Key: { PK: partitionOf(debtorId), SK: endedKey(ended) },
      UpdateExpression: 'SET reopened = :yes, #layout = :layout',
      ExpressionAttributeNames: { '#layout': 'layout' },
      ExpressionAttributeValues: { ':yes': true, ':layout': layout },
    },
  };
}

function itemsOf<T>(values: readonly T[] = [], toItem: (value: T) => Item): Item[] {
  return values.map(toItem);
}

/**
 *     payment   load (account of feed A) ───────────────────── write: the account is of feed B: conflict
 *     feed                                 writes feed B ──┘
 *
 * A feed that stops nothing does not raise the version, so an account is also written by the feed row that it names.
 */
function putAccount(table: Table, account: Account): TransactItem {
  return put(table, accountItem(account), {
    ConditionExpression: 'feedHash = :feedHash',
    ExpressionAttributeValues: { ':feedHash': account.feedHash },
  });
}

/**
 *     reply STOP at 10:02 ───── written ──────────────────────── stays
 *     reply START at 10:01 (delivered late) ──── condition fails, nothing changes
 *
 * Of two words of the same moment the one that refuses stands.
 */
export function putConsent(table: Table, debtorId: string, consent: Consent): TransactItem {
  const storedIsOlder = consent.level === 'optout' ? '#at <= :at' : '#at < :at';
  return put(table, consentItem(debtorId, consent), {
    ConditionExpression: `${isNew} OR ${storedIsOlder}`,
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': consent.at },
  });
}
