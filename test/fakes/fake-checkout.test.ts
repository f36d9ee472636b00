import { checkoutSuite } from '#test/suites/checkout.suite.ts';
import { createFakeCheckout } from './fake-checkout.ts';

checkoutSuite('the fake checkout', () =>
  Promise.resolve({ checkout: createFakeCheckout(), stop: () => Promise.resolve() }),
);
