import type { EndedDestination } from '#shared/contracts/debtor.ts';
import type { AttemptChange } from '#shared/contracts/ledger.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import { addressKey } from '#shared/core/identity/address-key.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

export interface ReceiveReceiptParts {
  readonly store: DebtorStore;
  /** Absent: an address that is over ends for the one person who was written to. */
  readonly addresses?: AddressBook | undefined;
}

/**
 * A provider's word on a contact: moves its ledger entry forward and ends the destination when the provider says that it
 * is over. An e-mail address then ends for everybody who has it; whoever complained gets no e-mail at any other address
 * either. Receipts may come early, late, twice and out of order. `missing`: no such contact is known.
 */
export async function receiveReceipt(
  receipt: Receipt,
  parts: ReceiveReceiptParts,
): Promise<'recorded' | 'stale' | 'missing'> {
  const { debtorId, contactId, channel, ends, at } = receipt;
  if (ends !== undefined) {
    const entry = (await parts.store.load(debtorId))?.attempts.find((one) => one.contactId === contactId);
    if (entry === undefined) return 'missing';
    const ended = { channel, value: entry.destination, reason: ends.reason, at };
    await parts.store.endDestination(debtorId, ended);
    if (ends.reason === 'complaint')
      await parts.store.recordConsent(debtorId, { channel, level: 'optout', at });
    if (channel === 'email') await endForOthers(debtorId, ended, parts);
  }
  return parts.store.recordAttempt(debtorId, contactId, changeOf(receipt));
}

/** A mailbox that is gone is gone for everybody; one that has complained wants none of our e-mails, whoever they are for. */
async function endForOthers(
  debtorId: string,
  ended: EndedDestination,
  { store, addresses }: ReceiveReceiptParts,
): Promise<void> {
  const known = (await addresses?.whoIsAt(ended.value)) ?? [];
  for (const other of known.filter((id) => id !== debtorId)) {
    const email = (await store.load(other))?.debtor?.email;
    if (email !== undefined && addressKey(email) === addressKey(ended.value))
      await store.endDestination(other, { ...ended, value: email });
  }
}

function changeOf({ state, at, providerId, reason }: Receipt): AttemptChange {
  return {
    state,
    at,
    ...(providerId === undefined ? {} : { providerId }),
    ...(reason === undefined ? {} : { reason }),
  };
}
