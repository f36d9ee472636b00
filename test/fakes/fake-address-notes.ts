import { addressKey } from '#shared/core/identity/address-key.ts';
import type { AddressNotes, VersionedNote } from '#shared/ports/address-notes.ts';

/** Notes of addresses in memory, under the same condition as the real ones. */
export function createFakeAddressNotes(): AddressNotes {
  const notes = new Map<string, VersionedNote>();
  const read = (address: string): VersionedNote =>
    notes.get(addressKey(address)) ?? { version: 0, note: null };
  return {
    read: (address) => Promise.resolve(structuredClone(read(address))),
    write: (address, version, note) => {
      if (read(address).version !== version) return Promise.resolve('conflict');
      notes.set(addressKey(address), { version: version + 1, note: structuredClone(note) });
      return Promise.resolve('done');
    },
  };
}
