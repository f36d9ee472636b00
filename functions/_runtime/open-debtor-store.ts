import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createDocumentClient, type Table } from '#functions/_adapters/dynamodb/table.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/** Variables that name the table. */
export interface TableVariables {
  readonly TABLE_NAME: string;
  readonly DUE_SHARDS: number;
}

/** The Debtors table that a function's environment names; whatever is opened on it shares its connections. */
export function openTable({ TABLE_NAME, DUE_SHARDS }: TableVariables): Table {
  return { client: createDocumentClient(), name: TABLE_NAME, shards: DUE_SHARDS };
}

/** The persons of that table, for a function that needs nothing else of it. */
export function openDebtorStore(environment: TableVariables): DebtorStore {
  return createDebtorStore(openTable(environment));
}
