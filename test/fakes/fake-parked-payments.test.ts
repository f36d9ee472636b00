import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeParkedPayments } from '#test/fakes/fake-parked-payments.ts';
import { parkedPaymentsSuite } from '#test/suites/parked-payments.suite.ts';
import { paymentRaceSuite } from '#test/suites/payment-race.suite.ts';

const stop = () => Promise.resolve();

parkedPaymentsSuite('the fake place for parked payments', () =>
  Promise.resolve({ createStore: () => Promise.resolve(createFakeParkedPayments()), stop }),
);
paymentRaceSuite('payments that race on the fakes', () =>
  Promise.resolve({
    create: () =>
      Promise.resolve({ store: createFakeDebtorStore({ shards: 1 }), parked: createFakeParkedPayments() }),
    stop,
  }),
);
