import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Guarded } from '#shared/ports/debtor-store.ts';
import type { Item } from './items.ts';
import type { Table } from './table.ts';

/** Tries of a write that met another transaction on the same item. */
const attemptsMax = 6;
/** Longest wait before the second try; it doubles with each further one. */
const firstBackoffMs = 20;

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Nothing is there under this key yet. */
export const isNew = 'attribute_not_exists(PK)';

/** A put of a transaction, with its condition. */
export function put(table: Table, item: Item, condition: object = {}): TransactItem {
  return { Put: { TableName: table.name, Item: item, ...condition } };
}

/** Writes all items or none; `conflict` when one of the conditions does not hold. */
export function writeTogether(table: Table, items: TransactItem[]): Promise<Guarded> {
  return writeGuarded(() => table.client.send(new TransactWriteCommand({ TransactItems: items })));
}

/**
 * Sends a conditional write. A condition that fails is an expected outcome (`conflict`). Running into somebody else's
 * transaction on the same item says nothing about the condition: the write is tried again after a short random wait, a
 * bounded number of times (the SDK retries throttling of whole requests, but not this). Anything else is thrown.
 */
export async function writeGuarded(write: () => Promise<unknown>): Promise<Guarded> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write();
      return 'done';
    } catch (error) {
      const kind = kindOf(error);
      if (kind === 'condition') return 'conflict';
      if (kind === 'other' || attempt === attemptsMax) throw error;
      await sleep(Math.random() * firstBackoffMs * 2 ** (attempt - 1));
    }
  }
}

/** Cancellation codes behind which the same write may succeed a moment later. */
const passing: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

function kindOf(error: unknown): 'condition' | 'passing' | 'other' {
  if (error instanceof ConditionalCheckFailedException) return 'condition';
  if (error instanceof TransactionConflictException) return 'passing';
  if (!(error instanceof TransactionCanceledException)) return 'other';
  const reasons = error.CancellationReasons ?? [];
  const codes = reasons.map((reason) => reason.Code ?? 'None').filter((code) => code !== 'None');
  if (codes.includes('ConditionalCheckFailed')) return 'condition';
  return codes.length > 0 && codes.every((code) => passing.has(code)) ? 'passing' : 'other';
}
