import type { LedgerEntry } from '#shared/contracts/ledger.ts';

/** Oldest contact first; two of the same moment by id, so that the order never depends on storage. */
export function inLedgerOrder(attempts: readonly LedgerEntry[]): LedgerEntry[] {
  return attempts.toSorted((a, b) => a.reservedAt - b.reservedAt || (a.contactId < b.contactId ? -1 : 1));
}
