import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personsAtAddressMax, type AddressBook } from '#shared/ports/address-book.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import { account, debtor } from '#test/builders/person.ts';
import { P1 } from '#test/builders/stored.ts';

/** An address book together with the persons whose profiles fill it. */
export interface AddressBookUnderTest {
  createStore(): Promise<{ readonly people: DebtorStore; readonly addresses: AddressBook }>;
  stop(): Promise<void>;
}

const phone = '+12025550101';
const other = '+12025550102';

/** The cases that every address book has to pass, the real one and the fake alike. */
export function addressBookSuite(name: string, start: () => Promise<AddressBookUnderTest>): void {
  describe(name, () => {
    let parts: AddressBookUnderTest;
    let people: DebtorStore;
    let addresses: AddressBook;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      ({ people, addresses } = await parts.createStore());
    });

    const feed = (debtorId: string, changes: Parameters<typeof debtor>[0], stops = false) =>
      people.saveFeeds([{ debtorId, debtor: debtor({ debtorId, ...changes }), accounts: [], stops }]);

    it('knows nobody at an address that no profile has', async () => {
      expect(await addresses.whoIsAt(phone)).toEqual([]);
    });

    it.each([false, true])('finds a person by number and e-mail address, stopping: %j', async (stops) => {
      await feed(P1, { phone, email: 'Mei.Lin@example.com' }, stops);
      expect(await addresses.whoIsAt(phone)).toEqual([P1]);
      expect(await addresses.whoIsAt('mei.LIN@example.com')).toEqual([P1]);
    });

    it('finds everybody at one number, by id', async () => {
      await feed('P2', { phone });
      await feed(P1, { phone });
      expect(await addresses.whoIsAt(phone)).toEqual([P1, 'P2']);
    });

    it('still finds a person by the number that they had', async () => {
      await feed(P1, { phone });
      await feed(P1, { phone: other }, true);
      expect(await addresses.whoIsAt(phone)).toEqual([P1]);
      expect(await addresses.whoIsAt(other)).toEqual([P1]);
    });

    it('forgets nobody when accounts come without a profile', async () => {
      await feed(P1, { phone });
      await people.saveFeeds([{ debtorId: P1, accounts: [account()], stops: false }]);
      expect(await addresses.whoIsAt(phone)).toEqual([P1]);
    });

    it('gives no more people than are looked for', async () => {
      const ids = Array.from({ length: personsAtAddressMax + 5 }, (_, n) => `P${(n + 100).toString()}`);
      await people.saveFeeds(
        ids.map((debtorId) => ({
          debtorId,
          debtor: debtor({ debtorId, phone }),
          accounts: [],
          stops: false,
        })),
      );
      expect(await addresses.whoIsAt(phone)).toEqual(ids.slice(0, personsAtAddressMax));
    });

    it('takes no address for a part of another', async () => {
      await feed(P1, { phone, email: 'mei.lin@example.com' });
      expect(await addresses.whoIsAt(phone.slice(0, -1))).toEqual([]);
      expect(await addresses.whoIsAt('lin@example.com')).toEqual([]);
    });
  });
}
