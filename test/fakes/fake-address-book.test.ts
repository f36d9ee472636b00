import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { addressBookSuite } from '#test/suites/address-book.suite.ts';

addressBookSuite('the address book of the fake debtor store', () =>
  Promise.resolve({
    createStore: () => {
      const store = createFakeDebtorStore({ shards: 1 });
      return Promise.resolve({ people: store, addresses: store });
    },
    stop: () => Promise.resolve(),
  }),
);
