import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Person } from '#shared/contracts/person.ts';
import { InstantMsSchema } from '#shared/contracts/primitives.ts';
import { WakeForSchema } from '#shared/contracts/queue-message.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { DueWakeUp } from '#shared/ports/debtor-store.ts';
import { atOnce, getAll } from './batches.ts';
import { accountPrefix, debtorIdOf, dueFrom, duePartition, partitionOf, profileKey } from './keys.ts';
import { readPerson } from './read-person.ts';
import { debtorsTable } from './table-definition.ts';
import type { Table } from './table.ts';

/** Pages of one query, 1 MB each: a person with more has a ledger that something fills in a loop. */
const pagesMax = 20;
/** Queries under way at once while feeds are compared. */
const queriesAtOnce = 16;

/** Everything of one person, or null when their partition is empty. */
export async function loadPerson(table: Table, debtorId: string): Promise<Person | null> {
  const items = await query(table, {
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': partitionOf(debtorId) },
    ConsistentRead: true,
  });
  return items.length === 0 ? null : readPerson(debtorId, items);
}

/**
 * Profiles and accounts. The profiles are asked for first, a hundred at a time, so that a feed of people who are all new
 * costs no query at all.
 */
export async function loadFeeds(
  table: Table,
  debtorIds: readonly string[],
): Promise<Map<string, Pick<Person, 'debtor' | 'accounts'>>> {
  const keys = [...new Set(debtorIds)].map((debtorId) => ({ PK: partitionOf(debtorId), SK: profileKey }));
  const feeds = new Map<string, Pick<Person, 'debtor' | 'accounts'>>();
  await atOnce(queriesAtOnce, await getAll(table, keys), async (profile) => {
    const debtorId = debtorIdOf(ProfileKeysSchema.parse(profile).PK);
    const accounts = await query(table, {
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :account)',
      ExpressionAttributeValues: { ':pk': partitionOf(debtorId), ':account': accountPrefix },
      ConsistentRead: true,
    });
    const { debtor, accounts: read } = readPerson(debtorId, [profile, ...accounts]);
    feeds.set(debtorId, { ...(debtor === undefined ? {} : { debtor }), accounts: read });
  });
  return feeds;
}

const ProfileKeysSchema = z.object({ PK: z.string() });

const DueItemSchema = z.object({ PK: z.string(), wakeAt: InstantMsSchema, wakeFor: WakeForSchema });

/**
 * Wake-ups of one shard before an instant, earliest first. One range over the sort key covers every minute that was
 * missed, so there is no cursor to keep. The index lags the table a little: `lease` refuses what was replaced meanwhile.
 */
export async function dueWakeUps(
  table: Table,
  shard: number,
  { before, limit }: { readonly before: Instant; readonly limit: number },
): Promise<DueWakeUp[]> {
  const items = await query(
    table,
    {
      IndexName: debtorsTable.dueIndex.name,
      KeyConditionExpression: 'duePK = :shard AND dueSK < :before',
      ExpressionAttributeValues: { ':shard': duePartition(shard), ':before': dueFrom(before) },
    },
    limit,
  );
  return items.map((raw) => {
    const { PK, wakeAt, wakeFor } = DueItemSchema.parse(raw);
    return { debtorId: debtorIdOf(PK), wakeUp: { at: wakeAt, for: wakeFor } };
  });
}

/** All items of a query, or the first `itemsMax` of them. */
export async function query(
  table: Table,
  input: Omit<QueryCommandInput, 'TableName'>,
  itemsMax = Infinity,
): Promise<unknown[]> {
  const found: unknown[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  for (let page = 1; page <= pagesMax; page += 1) {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        ...input,
        TableName: table.name,
        ...(itemsMax === Infinity ? {} : { Limit: itemsMax - found.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    found.push(...Items);
    if (LastEvaluatedKey === undefined || found.length >= itemsMax) return found;
    start = LastEvaluatedKey;
  }
  throw new Error(
    `A query has more than ${pagesMax} pages of 1 MB: ${JSON.stringify(input.ExpressionAttributeValues)}.`,
  );
}
