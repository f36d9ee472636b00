import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStripeCheckout } from '#functions/_adapters/stripe/stripe-checkout.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { stripeVersion } from '#functions/_adapters/stripe/stripe-version.ts';
import { stripeLocale } from '#functions/_adapters/stripe/stripe-locale.ts';
import type { CheckoutOrder } from '#shared/ports/checkout.ts';
import { at } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';

const order: CheckoutOrder = {
  reference: 'ref-1',
  debtorId: 'P1',
  accountId: 'A1',
  title: 'Card ending 4242',
  amount: 12.5,
  currency: 'USD',
  locale: 'zh-CN',
  paidUrl: 'https://pay.example.com/paid',
  backUrl: 'https://pay.example.com/back',
};
const page = { status: 200, body: { id: 'cs_1', url: 'https://checkout.example.com/cs_1' } };

let server: Server;
let asked: { readonly headers: IncomingHttpHeaders; readonly form: Record<string, string> }[];
let answers: { readonly status: number; readonly body: object }[];

beforeEach(async () => {
  asked = [];
  answers = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      asked.push({ headers: request.headers, form: Object.fromEntries(new URLSearchParams(text)) });
      const { status, body } = answers.shift() ?? page;
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

function checkout(secret = '{"apiKey":"sk_test","webhookSecret":"whsec"}') {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createStripeHttp({ baseUrl, secret: () => Promise.resolve(secret) });
  const clock = createFakeClock(at('2026-03-10T12:20:00Z'));
  return {
    clock,
    open: (changes: Partial<CheckoutOrder> = {}) =>
      createStripeCheckout({ http, clock }).open({ ...order, ...changes }),
  };
}

describe("Stripe's pay page", () => {
  it('is asked for in minor units, for an account, with the pinned version and a key of its own', async () => {
    expect(await checkout().open()).toEqual({ kind: 'opened', url: page.body.url });
    expect(asked[0]!.headers).toMatchObject({
      authorization: 'Bearer sk_test',
      'stripe-version': stripeVersion,
    });
    expect(asked[0]!.form).toMatchObject({
      mode: 'payment',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '1250',
      'metadata[debtorId]': 'P1',
      'payment_intent_data[metadata][accountId]': 'A1',
      locale: 'zh',
      expires_at: String(at('2026-03-10T14:00:00Z') / 1_000),
    });
  });

  it('is the same request within the hour, as the same key demands, and another one after it', async () => {
    const { clock, open } = checkout();
    await open();
    clock.set(at('2026-03-10T12:59:59Z'));
    await open();
    clock.set(at('2026-03-10T13:00:00Z'));
    await open();
    const keys = asked.map(({ headers }) => headers['idempotency-key']);
    expect(asked[1]!.form).toEqual(asked[0]!.form);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('is asked for once more, by the same key, when Stripe has a fault of its own', async () => {
    answers.push({ status: 500, body: {} });
    expect(await checkout().open()).toMatchObject({ kind: 'opened' });
    expect(asked[1]!.headers['idempotency-key']).toBe(asked[0]!.headers['idempotency-key']);
  });

  it.each([
    [
      400,
      { error: { type: 'invalid_request_error', code: 'amount_too_small' } },
      'refused',
      'amount_too_small',
    ],
    [401, { error: { type: 'invalid_request_error' } }, 'unavailable', 'invalid_request_error'],
    [200, { id: 'cs_1' }, 'unavailable', 'status_200'],
  ])('answers %d', async (status, body, kind, reason) => {
    answers.push({ status, body });
    expect(await checkout().open()).toEqual({ kind, reason });
  });

  it('is unavailable when Stripe keeps failing', async () => {
    answers.push({ status: 503, body: {} }, { status: 503, body: {} });
    expect(await checkout().open()).toEqual({ kind: 'unavailable', reason: 'status_503' });
  });

  it('is not asked for an amount that cannot be charged exactly, nor before it is set up', async () => {
    expect(await checkout().open({ amount: 0.5, currency: 'JPY' })).toMatchObject({ kind: 'refused' });
    expect(await checkout('generated').open()).toEqual({ kind: 'unavailable', reason: 'not_set_up' });
    expect(asked).toEqual([]);
  });
});

it.each([
  ['zh-CN', 'zh'],
  ['zh-TW', 'zh-TW'],
  ['en', 'en'],
  ['es', 'es'],
  ['pt-BR', 'pt-BR'],
  ['de-AT', 'de'],
  ['ar', 'auto'],
] satisfies [string, Stripe.Checkout.SessionCreateParams.Locale][])('%s is shown as %s', (ours, theirs) => {
  expect(stripeLocale(ours)).toBe(theirs);
});
