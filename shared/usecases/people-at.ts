import type { Person } from '#shared/contracts/person.ts';
import { isAtAddress } from '#shared/core/inbound/is-at-address.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/** The people who are at a number or address at a moment, by id: whose profile has it, or who were contacted there. */
export async function peopleAt(
  address: string,
  at: Instant,
  { addresses, store }: { readonly addresses: AddressBook; readonly store: Pick<DebtorStore, 'load'> },
): Promise<readonly Person[]> {
  const found = await addresses.whoIsAt(address);
  const people = await Promise.all(found.map((debtorId) => store.load(debtorId)));
  return people.filter(
    (person): person is Person => person?.debtor !== undefined && isAtAddress(person, address, at),
  );
}
