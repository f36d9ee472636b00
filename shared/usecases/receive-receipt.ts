import type { AttemptChange } from '#shared/contracts/ledger.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/**
 * A provider's word on a contact: moves its ledger entry forward and ends the destination when the provider says that it
 * is over. Receipts may come early, late, twice and out of order. `missing`: no such contact is known.
 */
export async function receiveReceipt(
  receipt: Receipt,
  { store }: { readonly store: DebtorStore },
): Promise<'recorded' | 'stale' | 'missing'> {
  const { debtorId, contactId, channel, ends } = receipt;
  if (ends !== undefined) {
    const entry = (await store.load(debtorId))?.attempts.find((one) => one.contactId === contactId);
    if (entry === undefined) return 'missing';
    await store.endDestination(debtorId, {
      channel,
      value: entry.destination,
      reason: ends.reason,
      at: receipt.at,
    });
  }
  return store.recordAttempt(debtorId, contactId, changeOf(receipt));
}

function changeOf({ state, at, providerId, reason }: Receipt): AttemptChange {
  return {
    state,
    at,
    ...(providerId === undefined ? {} : { providerId }),
    ...(reason === undefined ? {} : { reason }),
  };
}
