import { createStripeCheckout } from '#functions/_adapters/stripe/stripe-checkout.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { startStripeEmulator } from '#infra/local/stripe/emulator.ts';
import { noon } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { checkoutSuite } from '#test/suites/checkout.suite.ts';

checkoutSuite("Stripe's checkout", async () => {
  const clock = createFakeClock(noon);
  const keys = { apiKey: 'sk_test', webhookSecret: 'whsec_test' };
  const stripe = await startStripeEmulator({
    ...keys,
    seed: 'test',
    clock: { now: () => clock.now(), schedule: () => undefined },
  });
  const http = createStripeHttp({ baseUrl: stripe.url, secret: () => Promise.resolve(JSON.stringify(keys)) });
  return { checkout: createStripeCheckout({ http, clock }), stop: () => stripe.stop() };
});
