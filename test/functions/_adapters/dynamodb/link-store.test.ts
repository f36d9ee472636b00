import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createLinkStore } from '#functions/_adapters/dynamodb/link-store.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { linkStoreSuite } from '#test/suites/link-store.suite.ts';

linkStoreSuite('links on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async () => {
      const table = await dynamodb.createTable(1);
      return { people: createDebtorStore(table), links: createLinkStore(table) };
    },
    stop: () => dynamodb.stop(),
  };
});
