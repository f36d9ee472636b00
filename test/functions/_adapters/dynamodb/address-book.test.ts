import { createAddressBook } from '#functions/_adapters/dynamodb/address-book.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { addressBookSuite } from '#test/suites/address-book.suite.ts';

addressBookSuite('the address book on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async () => {
      const table = await dynamodb.createTable(1);
      return { people: createDebtorStore(table), addresses: createAddressBook(table) };
    },
    stop: () => dynamodb.stop(),
  };
});
