import { createFakeCheckout } from '#test/fakes/fake-checkout.ts';
import { checkoutSuite } from '#test/suites/checkout.suite.ts';

checkoutSuite('the fake pay page', () =>
  Promise.resolve({ checkout: createFakeCheckout(), stop: () => Promise.resolve() }),
);
