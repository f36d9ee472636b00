import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createEvidenceLog } from '#functions/_adapters/dynamodb/evidence-log.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { debtorStoreSuite } from '#test/suites/debtor-store.suite.ts';

debtorStoreSuite('the debtor store on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async (shards) => {
      const table = await dynamodb.createTable(shards);
      return { ...createDebtorStore(table), ...createEvidenceLog(table) };
    },
    stop: () => dynamodb.stop(),
  };
});
