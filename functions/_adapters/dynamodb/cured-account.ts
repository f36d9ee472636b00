import type { AttributeValue, StreamRecord } from 'aws-lambda';
import * as z from 'zod';
import { AccountSchema, type Account } from '#shared/contracts/account.ts';
import { accountPrefix } from './keys.ts';
import { debtorsTable } from './table-definition.ts';

const StoredAccountSchema = z.object(AccountSchema.shape);

/**
 * The account as it was, when a record of the table's stream shows that a change brought it from something past due to
 * nothing; null for every other change.
 */
export function curedAccount(change: StreamRecord): Account | null {
  const { OldImage: before = {}, NewImage: after = {} } = change;
  const isCured = isOfAccount(change) && pastDueOf(before) > 0 && pastDueOf(after) === 0;
  if (!isCured) return null;
  const account = StoredAccountSchema.safeParse(plainMap(before));
  return account.success ? account.data : null;
}

function isOfAccount({ Keys: keys }: StreamRecord): boolean {
  return keys?.[debtorsTable.sortKey]?.S?.startsWith(accountPrefix) === true;
}

function pastDueOf(image: NonNullable<StreamRecord['NewImage']>): number {
  return Number(image['pastDue']?.N ?? NaN);
}

function plainMap(values: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
}

/** A value of a stream's image as the document client would give it; what no account holds (sets, bytes) is undefined. */
function plain({ S: text, N: number, BOOL: truth, M: map, L: list }: AttributeValue): unknown {
  if (number !== undefined) return Number(number);
  if (map !== undefined) return plainMap(map);
  return list?.map(plain) ?? text ?? truth;
}
