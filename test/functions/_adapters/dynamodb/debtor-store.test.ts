import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createEvidenceLog } from '#functions/_adapters/dynamodb/evidence-log.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { debtorStoreSuite } from '#test/suites/debtor-store.suite.ts';
import { dueKindSuite } from '#test/suites/due-kind.suite.ts';
import { evidenceSuite } from '#test/suites/evidence.suite.ts';
import { personChangeSuite } from '#test/suites/person-change.suite.ts';

async function start() {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async (shards: number) => {
      const table = await dynamodb.createTable(shards);
      return { ...createDebtorStore(table), ...createEvidenceLog(table) };
    },
    stop: () => dynamodb.stop(),
  };
}

debtorStoreSuite('the debtor store on the local DynamoDB', start);
personChangeSuite('its changes of a person on the local DynamoDB', start);
evidenceSuite('its evidence on the local DynamoDB', start);
dueKindSuite('its wake-ups of one kind on the local DynamoDB', start);
