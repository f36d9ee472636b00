import { addressKey, addressKeysOf } from '#shared/core/identity/address-key.ts';
import { personsAtAddressMax, type AddressBook } from '#shared/ports/address-book.ts';
import type { FeedChange } from '#shared/ports/debtor-store.ts';

/** Who is known at which address, in memory: part of the fake debtor store, which writes it with each profile. */
export class FakeAddressBook implements AddressBook {
  private readonly persons = new Map<string, Set<string>>();

  note({ debtorId, debtor }: FeedChange): void {
    for (const key of debtor === undefined ? [] : addressKeysOf(debtor)) {
      const known = this.persons.get(key) ?? new Set();
      this.persons.set(key, known.add(debtorId));
    }
  }

  whoIsAt(address: string): Promise<readonly string[]> {
    const known = [...(this.persons.get(addressKey(address)) ?? [])];
    return Promise.resolve(known.sort().slice(0, personsAtAddressMax));
  }
}
