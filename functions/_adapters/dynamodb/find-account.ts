import * as z from 'zod';
import { debtorIdOf } from './keys.ts';
import { query } from './queries.ts';
import { debtorsTable } from './table-definition.ts';
import type { Table } from './table.ts';

const AccountIndexSchema = z.object({ PK: z.string() });

/** Whose account this is, by the index over account items; it lags the table a little. */
export async function findAccount(table: Table, accountId: string): Promise<string | null> {
  const { name, partitionKey } = debtorsTable.accountsIndex;
  const input = {
    IndexName: name,
    KeyConditionExpression: `${partitionKey} = :accountId`,
    ExpressionAttributeValues: { ':accountId': accountId },
  };
  const [first] = await query(table, input, 1);
  return first === undefined ? null : debtorIdOf(AccountIndexSchema.parse(first).PK);
}
