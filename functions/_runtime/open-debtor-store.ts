import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createDocumentClient } from '#functions/_adapters/dynamodb/table.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/** The Debtors table that a function's environment names. */
export function openDebtorStore({
  TABLE_NAME,
  DUE_SHARDS,
}: {
  TABLE_NAME: string;
  DUE_SHARDS: number;
}): DebtorStore {
  return createDebtorStore({ client: createDocumentClient(), name: TABLE_NAME, shards: DUE_SHARDS });
}
