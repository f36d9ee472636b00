import { assertDistinctFeeds } from '#shared/core/identity/assert-distinct-feeds.ts';
import type { FeedChange } from '#shared/ports/debtor-store.ts';
import { atOnce, chunksOf, putAll } from './batches.ts';
import { writeTogether, type TransactItem } from './guarded-write.ts';
import { raiseVersion } from './head-update.ts';
import { accountItem, addressItems, profileItem, type Item } from './items.ts';
import type { Table } from './table.ts';

/** DynamoDB's limit on one transaction is 100 items; one is the head. */
const putsPerTransactionMax = 99;
const transactionsAtOnce = 8;

/**
 * Writes feed data: in plain batches where nothing under way can be hurt by it, and for a person whose change stops
 * something in transactions that raise the version. (More than 99 items of one person take several transactions; each
 * raises the version, so no reservation slips in between on older facts.)
 *
 *     plain   addresses ───── profiles and accounts
 *                        └── died here: the same feed still differs and writes both again
 *
 * Addresses come first: a profile that is stored looks unchanged to the next feed, and its person would never be found.
 */
export async function saveFeeds(table: Table, changes: readonly FeedChange[]): Promise<void> {
  assertDistinctFeeds(changes);
  const stopping = changes.filter((change) => change.stops);
  const plain = changes.filter((change) => !change.stops);
  await putAll(table, plain.flatMap(addressesIn));
  await putAll(table, plain.flatMap(feedItems));
  await atOnce(transactionsAtOnce, stopping, (change) => saveStopping(table, change));
}

function addressesIn({ debtor }: FeedChange): Item[] {
  return debtor === undefined ? [] : addressItems(debtor);
}

function feedItems(change: FeedChange): Item[] {
  const accounts = change.accounts.map(accountItem);
  return change.debtor === undefined ? accounts : [profileItem(change.debtor), ...accounts];
}

async function saveStopping(table: Table, change: FeedChange): Promise<void> {
  const items = [...addressesIn(change), ...feedItems(change)];
  for (const chunk of items.length === 0 ? [[]] : chunksOf(items, putsPerTransactionMax)) {
    const puts = chunk.map((item): TransactItem => ({ Put: { TableName: table.name, Item: item } }));
    await writeTogether(table, [{ Update: raiseVersion(table, change.debtorId, {}) }, ...puts]);
  }
}
