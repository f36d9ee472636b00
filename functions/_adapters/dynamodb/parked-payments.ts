import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ParkedPaymentSchema, type ParkedPayment } from '#shared/contracts/parked-payment.ts';
import type { ParkedPayments } from '#shared/ports/parked-payments.ts';
import { isNew, writeGuarded } from './guarded-write.ts';
import { layout } from './items.ts';
import { parkedKey, parkedPartition } from './keys.ts';
import { queryFiltered } from './queries.ts';
import type { Table } from './table.ts';

const StoredSchema = z.object(ParkedPaymentSchema.shape);

/** Parked payments in the Debtors table behind the port: one small partition, since nearly all payments find their account. */
export function createParkedPayments(table: Table): ParkedPayments {
  const keyOf = (paymentId: string) => ({ PK: parkedPartition, SK: parkedKey(paymentId) });
  return {
    park: async (parked) => {
      const item = { ...parked, ...keyOf(parked.paymentId), layout };
      const once = { TableName: table.name, Item: item, ConditionExpression: isNew };
      const written = await writeGuarded(() => table.client.send(new PutCommand(once)));
      return written === 'done' ? 'parked' : 'repeated';
    },
    waiting: async (limit) => {
      const items = await queryFiltered(
        table,
        {
          KeyConditionExpression: 'PK = :pk',
          FilterExpression: 'attribute_not_exists(settled)',
          ExpressionAttributeValues: { ':pk': parkedPartition },
          ConsistentRead: true,
        },
        limit,
      );
      return items.map((item) => StoredSchema.parse(item)).sort(byAge);
    },
    find: async (paymentId) => {
      const request = { TableName: table.name, Key: keyOf(paymentId), ConsistentRead: true };
      const { Item: item } = await table.client.send(new GetCommand(request));
      return item === undefined ? null : StoredSchema.parse(item);
    },
    settle: (paymentId, settled) => {
      const update = {
        TableName: table.name,
        Key: keyOf(paymentId),
        UpdateExpression: 'SET settled = :settled',
        ConditionExpression: 'attribute_exists(PK) AND attribute_not_exists(settled)',
        ExpressionAttributeValues: { ':settled': settled },
      };
      return writeGuarded(() => table.client.send(new UpdateCommand(update)));
    },
  };
}

function byAge(a: ParkedPayment, b: ParkedPayment): number {
  return a.parkedAt - b.parkedAt || (a.paymentId < b.paymentId ? -1 : 1);
}
