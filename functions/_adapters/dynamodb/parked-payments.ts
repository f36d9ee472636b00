import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ParkedPaymentSchema, type ParkedPayment } from '#shared/contracts/parked-payment.ts';
import { parkedIdOf } from '#shared/core/payments/parked-id.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import { isNew, writeGuarded } from './guarded-write.ts';
import { layout } from './items.ts';
import { parkedKey, parkedPartition, toEpochSeconds } from './keys.ts';
import { query } from './queries.ts';
import { debtorsTable } from './table-definition.ts';
import type { Table } from './table.ts';

/** What was settled is kept as long as payments are: told again so long, it is known. */
const settledKeptMs = 400 * dayMs;

const StoredSchema = z.object(ParkedPaymentSchema.shape);

/** Parked payments in the Debtors table behind the port: one small partition, since nearly all payments find their account. */
export function createParkedPayments(table: Table): ParkedPayments {
  const keyOf = (parkedId: string) => ({ PK: parkedPartition, SK: parkedKey(parkedId) });
  return {
    park: async (parked) => {
      const item = { ...parked, ...keyOf(parkedIdOf(parked)), layout };
      const once = { TableName: table.name, Item: item, ConditionExpression: isNew };
      const written = await writeGuarded(() => table.client.send(new PutCommand(once)));
      return written === 'done' ? 'parked' : 'repeated';
    },
    waiting: async (limit) => {
      const items = await query(table, {
        KeyConditionExpression: 'PK = :pk',
        FilterExpression: 'attribute_not_exists(settled)',
        ExpressionAttributeValues: { ':pk': parkedPartition },
        ConsistentRead: true,
      });
      const waiting = items.map((item) => StoredSchema.parse(item));
      return waiting.sort(byAge).slice(0, limit);
    },
    about: async (paymentId) => {
      const items = await query(table, {
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :payment)',
        ExpressionAttributeValues: { ':pk': parkedPartition, ':payment': parkedKey(paymentId) },
        ConsistentRead: true,
      });
      return items.map((item) => StoredSchema.parse(item));
    },
    settle: (parkedId, settled) => {
      const update = {
        TableName: table.name,
        Key: keyOf(parkedId),
        UpdateExpression: 'SET settled = :settled, #ttl = :ttl',
        ConditionExpression: 'attribute_exists(PK) AND attribute_not_exists(settled)',
        ExpressionAttributeNames: { '#ttl': debtorsTable.timeToLiveAttribute },
        ExpressionAttributeValues: {
          ':settled': settled,
          ':ttl': toEpochSeconds(settled.at + settledKeptMs),
        },
      };
      return writeGuarded(() => table.client.send(new UpdateCommand(update)));
    },
  };
}

function byAge(a: ParkedPayment, b: ParkedPayment): number {
  return a.parkedAt - b.parkedAt || (parkedIdOf(a) < parkedIdOf(b) ? -1 : 1);
}
