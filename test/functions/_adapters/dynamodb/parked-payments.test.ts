import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createParkedPayments } from '#functions/_adapters/dynamodb/parked-payments.ts';
import { startLocalDynamodb } from '#test/local-dynamodb.ts';
import { parkedPaymentsSuite } from '#test/suites/parked-payments.suite.ts';
import { paymentRaceSuite } from '#test/suites/payment-race.suite.ts';

parkedPaymentsSuite('parked payments on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    createStore: async () => createParkedPayments(await dynamodb.createTable(1)),
    stop: () => dynamodb.stop(),
  };
});

paymentRaceSuite('payments that race on the local DynamoDB', async () => {
  const dynamodb = await startLocalDynamodb();
  return {
    create: async () => {
      const table = await dynamodb.createTable(1);
      return { store: createDebtorStore(table), parked: createParkedPayments(table) };
    },
    stop: () => dynamodb.stop(),
  };
});
