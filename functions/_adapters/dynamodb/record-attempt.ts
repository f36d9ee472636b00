import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LedgerEntrySchema, type AttemptChange } from '#shared/contracts/ledger.ts';
import { statesBefore } from '#shared/core/ledger/advance-attempt.ts';
import { writeGuarded } from './guarded-write.ts';
import { attemptKey, partitionOf } from './keys.ts';
import type { Table } from './table.ts';

const SeenSchema = z.object(LedgerEntrySchema.shape).pick({ state: true, providerId: true, reason: true });

/**
 * Moves a ledger entry forward as core/ledger/advance-attempt.ts says, in one write when the receipt tells something new.
 *
 *     receipt `delivered`   reserved ─ accepted ─ DELIVERED
 *     receipt `sent`                                  └── stale: `delivered` is not among the states before `sent`
 *
 * The condition lists the weaker states by name instead of a stored rank, so that inserting a state never leaves wrong
 * ranks behind in the table.
 */
export async function recordAttempt(
  table: Table,
  ids: { readonly debtorId: string; readonly contactId: string },
  change: AttemptChange,
): Promise<'recorded' | 'stale' | 'missing'> {
  const target = {
    TableName: table.name,
    Key: { PK: partitionOf(ids.debtorId), SK: attemptKey(ids.contactId) },
  };
  if ((await moveForward(table, target, change)) === 'done') return 'recorded';
  const { Item } = await table.client.send(new GetCommand({ ...target, ConsistentRead: true }));
  if (Item === undefined) return 'missing';
  await fillMissing(table, target, { seen: SeenSchema.parse(Item), change });
  return 'stale';
}

interface Target {
  readonly TableName: string;
  readonly Key: { readonly PK: string; readonly SK: string };
}

async function moveForward(table: Table, target: Target, change: AttemptChange) {
  const weaker = statesBefore(change.state).map((state, index) => [`:weaker${index}`, state] as const);
  if (weaker.length === 0) return 'conflict';
  const isWeakerNow = `#state IN (${weaker.map(([name]) => name).join(', ')})`;
  const values: Record<string, unknown> = {
    ...Object.fromEntries(weaker),
    ':state': change.state,
    ':at': change.at,
  };
  const set = ['#state = :state', 'stateAt = :at'];
  const remove: string[] = [];
  if (change.providerId !== undefined) {
    set.push('providerId = if_not_exists(providerId, :providerId)');
    values[':providerId'] = change.providerId;
  }
  for (const field of ['reason', 'retryAt'] as const) {
    if (change[field] === undefined) remove.push(field);
    else {
      set.push(`${field} = :${field}`);
      values[`:${field}`] = change[field];
    }
  }
  return writeGuarded(() =>
    table.client.send(
      new UpdateCommand({
        ...target,
        UpdateExpression: `SET ${set.join(', ')}${remove.length === 0 ? '' : ` REMOVE ${remove.join(', ')}`}`,
        ConditionExpression: isWeakerNow,
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: values,
      }),
    ),
  );
}

/** A late receipt may still be the first to tell the provider's id, or the reason of the state the entry is in. */
async function fillMissing(
  table: Table,
  target: Target,
  { seen, change }: { readonly seen: z.infer<typeof SeenSchema>; readonly change: AttemptChange },
): Promise<void> {
  const { providerId, reason, state } = change;
  if (providerId !== undefined && seen.providerId === undefined) {
    await fill(table, target, { field: 'providerId', value: providerId });
  }
  if (reason !== undefined && seen.reason === undefined && seen.state === state) {
    await fill(table, target, { field: 'reason', value: reason, whileIn: state });
  }
}

async function fill(
  table: Table,
  target: Target,
  { field, value, whileIn }: { readonly field: string; readonly value: string; readonly whileIn?: string },
): Promise<void> {
  const entryExists = 'attribute_exists(PK)';
  const stillMissing = 'attribute_not_exists(#field)';
  const inSameState = '#state = :state';
  await writeGuarded(() =>
    table.client.send(
      new UpdateCommand({
        ...target,
        UpdateExpression: 'SET #field = :value',
        ConditionExpression: [
          entryExists,
          stillMissing,
          ...(whileIn === undefined ? [] : [inSameState]),
        ].join(' AND '),
        ExpressionAttributeNames: {
          '#field': field,
          ...(whileIn === undefined ? {} : { '#state': 'state' }),
        },
        ExpressionAttributeValues: {
          ':value': value,
          ...(whileIn === undefined ? {} : { ':state': whileIn }),
        },
      }),
    ),
  );
}
