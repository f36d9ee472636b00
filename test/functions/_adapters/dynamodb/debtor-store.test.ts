import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { debtorStoreSuite } from '#test/suites/debtor-store.suite.ts';

debtorStoreSuite('the debtor store on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async (shards) => createDebtorStore(await dynamodb.createTable(shards)),
    stop: () => dynamodb.stop(),
  };
});
