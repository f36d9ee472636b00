import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStripeCheckout } from '#functions/_adapters/stripe/stripe-checkout.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { findStripeOwner } from '#functions/_adapters/stripe/stripe-owner.ts';
import { startStripeEmulator, type StripeEmulator } from '#infra/local/stripe/emulator.ts';
import { stripePath } from '#functions/receive-payment/paths.ts';
import type { CheckoutOrder } from '#shared/ports/checkout.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import { paymentDoor, stripeSecret, type PaymentDoor } from '#test/functions/receive-payment/payment-door.ts';
import { catchWebhooks, type WebhookCatcher } from './door-server.ts';

const order: CheckoutOrder = {
  reference: 'ref-1',
  debtorId: 'P1',
  accountId: 'A1',
  title: 'Card <1>',
  amount: 100,
  currency: 'CNY',
  locale: 'en',
  paidUrl: 'https://pay.example.com/paid',
  backUrl: 'https://pay.example.com/back',
};

let stripe: StripeEmulator;
let door: PaymentDoor;
let catcher: WebhookCatcher;
let scheduled: { readonly atMs: number; readonly run: () => Promise<void> }[];

beforeEach(async () => {
  door = await paymentDoor();
  scheduled = [];
  stripe = await startStripeEmulator({
    apiKey: 'sk_test',
    webhookSecret: stripeSecret,
    seed: 'test',
    clock: { now: () => door.clock.now(), schedule: (atMs, run) => void scheduled.push({ atMs, run }) },
  });
  catcher = await catchWebhooks((body, headers) => door.send(stripePath, body, headers));
  stripe.webhooks.connect(catcher.url);
});
afterEach(() => Promise.all([stripe.stop(), catcher.stop()]));

const http = (key = 'sk_test') => {
  const secret = JSON.stringify({ apiKey: key, webhookSecret: stripeSecret });
  return createStripeHttp({ baseUrl: stripe.url, secret: () => Promise.resolve(secret) });
};
const open = async (changes: Partial<CheckoutOrder> = {}, key?: string) =>
  createStripeCheckout({ http: http(key), clock: door.clock }).open({ ...order, ...changes });
const openedUrl = async () => {
  const opened = await open();
  if (opened.kind !== 'opened') throw new Error(opened.reason);
  return opened.url;
};
const press = (url: string, button: 'pay' | 'back') =>
  fetch(`${url}/${button}`, { method: 'POST', redirect: 'manual' });
const pastDue = async () => (await door.person())?.accounts[0]?.pastDue;

describe('the stand-in for Stripe', () => {
  it('shows what is to be paid, and brings whoever pays or turns back to where the order says', async () => {
    const url = await openedUrl();
    const page = await (await fetch(url)).text();
    expect(page).toContain('Card &lt;1>');
    expect((await press(url, 'back')).headers.get('location')).toBe(order.backUrl);
    expect(await pastDue()).toBe(100);
    expect((await press(url, 'pay')).headers.get('location')).toBe(order.paidUrl);
  });

  it('tells our webhook of a payment, which cures the account, once however often somebody presses', async () => {
    const url = await openedUrl();
    await Promise.all([press(url, 'pay'), press(url, 'pay'), press(url, 'pay')]);
    expect(await pastDue()).toBe(0);
    expect((await door.person())?.payments).toHaveLength(1);
    expect(await (await fetch(url)).text()).toContain('This page is paid');
  });

  it('gives the same page to the same order, refuses another one under its key, and closes a page that is over', async () => {
    const url = await openedUrl();
    expect(await openedUrl()).toBe(url);
    expect(await open({ amount: 90 })).toEqual({ kind: 'refused', reason: 'idempotency_error' });
    door.clock.advance(2 * hourMs);
    await press(url, 'pay');
    expect(await pastDue()).toBe(100);
  });

  it('refuses a wrong key', async () => {
    expect(await open({}, 'sk_other')).toEqual({ kind: 'unavailable', reason: 'invalid_request_error' });
  });

  it('tells of refunds, and of disputes whose account has to be asked for', async () => {
    await press(await openedUrl(), 'pay');
    const intentId = stripe.sessions.all()[0]!.payment!.intentId;
    await stripe.sessions.refund(intentId, 3_000);
    expect(await pastDue()).toBe(30);
    await stripe.sessions.refund(intentId, 2_000);
    expect(await pastDue()).toBe(50);
    expect(await findStripeOwner(http(), intentId)).toEqual({ debtorId: 'P1', accountId: 'A1' });
    await stripe.sessions.dispute(intentId);
    expect(await pastDue()).toBe(100);
    await stripe.sessions.closeDispute(intentId, 'won');
    expect(await pastDue()).toBe(50);
    expect(await findStripeOwner(http(), 'pi_nobody')).toBeNull();
  });

  it('sends an event again, signed anew, until our webhook takes it', async () => {
    catcher.fail(1);
    await press(await openedUrl(), 'pay');
    expect(await pastDue()).toBe(100);
    const [again] = scheduled;
    door.clock.advance(again!.atMs - door.clock.now());
    await again!.run();
    expect(await pastDue()).toBe(0);
    expect(stripe.webhooks.counts).toEqual({ answered: 1, lost: 0 });
  });
});
