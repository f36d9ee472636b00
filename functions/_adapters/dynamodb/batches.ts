import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchGetCommandInput,
  type BatchWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Item } from './items.ts';
import type { Table } from './table.ts';

/** DynamoDB's own limits on one batch request, in items. */
const putsPerBatchMax = 25;
const keysPerBatchMax = 100;
/** Batch requests under way at once. */
const batchesAtOnce = 8;
/** Tries of what a batch left unprocessed because the table was throttled. */
const attemptsMax = 8;
const firstBackoffMs = 25;

type Puts = NonNullable<BatchWriteCommandInput['RequestItems']>;
type Keys = NonNullable<BatchGetCommandInput['RequestItems']>;

/** Puts items that need no condition; throws when some are still unprocessed after the last try. */
export async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  const requests = items.map((item) => ({ PutRequest: { Item: { ...item } } }));
  await atOnce(batchesAtOnce, chunksOf(requests, putsPerBatchMax), async (chunk) => {
    await untilProcessed<Puts>({ [table.name]: chunk }, async (left) => {
      const { UnprocessedItems } = await table.client.send(new BatchWriteCommand({ RequestItems: left }));
      return UnprocessedItems;
    });
  });
}

/** Reads items by key, consistently; those that do not exist are left out. */
export async function getAll(
  table: Table,
  keys: readonly { readonly PK: string; readonly SK: string }[],
): Promise<unknown[]> {
  const found: unknown[] = [];
  await atOnce(batchesAtOnce, chunksOf(keys, keysPerBatchMax), async (chunk) => {
    const request = { [table.name]: { Keys: chunk.map((key) => ({ ...key })), ConsistentRead: true } };
    await untilProcessed<Keys>(request, async (left) => {
      const answer = await table.client.send(new BatchGetCommand({ RequestItems: left }));
      found.push(...(answer.Responses?.[table.name] ?? []));
      return answer.UnprocessedKeys;
    });
  });
  return found;
}

/** Runs the work over all inputs, at most `limit` at a time. */
export async function atOnce<T>(
  limit: number,
  inputs: readonly T[],
  work: (input: T) => Promise<void>,
): Promise<void> {
  const waiting = inputs.values();
  const worker = async () => {
    for (const input of waiting) await work(input);
  };
  await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, worker));
}

export function chunksOf<T>(values: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < values.length; start += size) chunks.push(values.slice(start, start + size));
  return chunks;
}

async function untilProcessed<Requests extends Puts | Keys>(
  requests: Requests,
  send: (left: Requests) => Promise<Requests | undefined>,
): Promise<void> {
  let left = requests;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const unprocessed = await send(left);
    if (unprocessed === undefined || Object.keys(unprocessed).length === 0) return;
    left = unprocessed;
    await sleep(Math.random() * firstBackoffMs * 2 ** (attempt - 1));
  }
  throw new Error(
    `The table took not all of a batch in ${attemptsMax} tries: it is throttled. Nothing was lost here; run it again.`,
  );
}
