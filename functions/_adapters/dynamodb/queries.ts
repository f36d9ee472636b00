import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Person } from '#shared/contracts/person.ts';
import { InstantMsSchema } from '#shared/contracts/primitives.ts';
import { WakeForSchema, type WakeFor } from '#shared/contracts/queue-message.ts';
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

interface DueRange {
  readonly before: Instant;
  readonly limit: number;
  readonly only?: WakeFor | undefined;
}

const DueItemSchema = z.object({ PK: z.string(), wakeAt: InstantMsSchema, wakeFor: WakeForSchema });

/**
 * Wake-ups of one shard before an instant, earliest first. One range over the sort key covers every minute that was
 * missed, so there is no cursor to keep. The index lags the table a little: `lease` refuses what was replaced meanwhile.
 */
export async function dueWakeUps(
  table: Table,
  shard: number,
  { before, limit, only }: DueRange,
): Promise<DueWakeUp[]> {
  const range = {
    IndexName: debtorsTable.dueIndex.name,
    KeyConditionExpression: 'duePK = :shard AND dueSK < :before',
  };
  const values = { ':shard': duePartition(shard), ':before': dueFrom(before) };
  const items =
    only === undefined
      ? await query(table, { ...range, ExpressionAttributeValues: values }, limit)
      : await queryFiltered(
          table,
          {
            ...range,
            FilterExpression: 'wakeFor = :only',
            ExpressionAttributeValues: { ...values, ':only': only },
          },
          limit,
        );
  return items.map((raw) => {
    const { PK, wakeAt, wakeFor } = DueItemSchema.parse(raw);
    return { debtorId: debtorIdOf(PK), wakeUp: { at: wakeAt, for: wakeFor } };
  });
}

type QueryInput = Omit<QueryCommandInput, 'TableName'>;

/**
 * The first `itemsMax` items that pass a query's filter. DynamoDB's own limit counts items before they are filtered, so
 * whole pages are read; where the pages end, what was found is the answer.
 */
export async function queryFiltered(table: Table, input: QueryInput, itemsMax: number): Promise<unknown[]> {
  const found: unknown[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  for (let page = 1; page <= pagesMax && found.length < itemsMax; page += 1) {
    const { Items = [], LastEvaluatedKey } = await queryPage(table, input, start);
    found.push(...Items);
    if (LastEvaluatedKey === undefined) break;
    start = LastEvaluatedKey;
  }
  return found.slice(0, itemsMax);
}

function queryPage(table: Table, input: QueryInput, start: QueryCommandInput['ExclusiveStartKey']) {
  return table.client.send(
    new QueryCommand({
      ...input,
      TableName: table.name,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }),
  );
}

/** All items of a query, or the first `itemsMax` of them. */
export async function query(table: Table, input: QueryInput, itemsMax = Infinity): Promise<unknown[]> {
  const found: unknown[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  for (let page = 1; page <= pagesMax; page += 1) {
    const limited = itemsMax === Infinity ? input : { ...input, Limit: itemsMax - found.length };
    const { Items = [], LastEvaluatedKey } = await queryPage(table, limited, start);
    found.push(...Items);
    if (LastEvaluatedKey === undefined || found.length >= itemsMax) return found;
    start = LastEvaluatedKey;
  }
  throw new Error(
    `A query has more than ${pagesMax} pages of 1 MB: ${JSON.stringify(input.ExpressionAttributeValues)}.`,
  );
}
