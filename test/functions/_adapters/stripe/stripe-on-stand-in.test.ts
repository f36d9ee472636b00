import { createStripeCheckout } from '#functions/_adapters/stripe/stripe-checkout.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { startStripeEmulator } from '#infra/local/stripe/emulator.ts';
import { at } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { checkoutSuite } from '#test/suites/checkout.suite.ts';

const keys = { apiKey: 'sk_test', webhookSecret: 'whsec_test' };

checkoutSuite("Stripe's pay page on its stand-in", async () => {
  const clock = createFakeClock(at('2026-03-10T12:20:00Z'));
  const stripe = await startStripeEmulator({
    ...keys,
    seed: 'suite',
    clock: { ...clock, schedule: () => undefined },
  });
  const http = createStripeHttp({ baseUrl: stripe.url, secret: () => Promise.resolve(JSON.stringify(keys)) });
  return { checkout: createStripeCheckout({ http, clock }), stop: () => stripe.stop() };
});
