import { createAddressNotes } from '#functions/_adapters/dynamodb/address-notes.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { addressNotesSuite } from '#test/suites/address-notes.suite.ts';

addressNotesSuite('address notes on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async () => createAddressNotes(await dynamodb.createTable(1)),
    stop: () => dynamodb.stop(),
  };
});
