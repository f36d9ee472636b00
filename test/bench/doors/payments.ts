import Stripe from 'stripe';
import { createHandler } from '#functions/receive-payment/handler.ts';
import { callbackPath, stripePath } from '#functions/receive-payment/paths.ts';
import type { HttpRequest } from '#functions/_runtime/http.ts';
import { PaymentCallbackSchema } from '#shared/contracts/payment-callback.ts';
import { toPayment } from '#shared/contracts/payment-request.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { sessionEvent } from '#test/builders/stripe-events.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { readStripeEvent } from '#functions/_adapters/stripe/read-stripe-event.ts';
import { callbackDoor, callbackSecret } from './signed-callback.ts';
import { spoiltBodies, spoiltHeader, type Door, type DoorParts } from './door.ts';

const webhookSecret = 'whsec_of_the_bench';
const otherSecret = 'whsec_of_another';
const cent = 0.01;

function receiver(parts: DoorParts) {
  const paying = paymentParts(parts);
  const handle = createHandler({
    ...paying,
    telemetry: createFakeTelemetry(),
    callbackSecret: () => Promise.resolve(callbackSecret),
    stripeSecret: () => Promise.resolve(JSON.stringify({ apiKey: 'sk_bench', webhookSecret })),
    ownerOf: () => Promise.resolve('P1'),
    stripeOwnerOf: () => Promise.resolve(null),
  });
  return { paying, handle };
}

/** The creditor's own signed callback for payments. */
export function paymentCallbackDoor(parts: DoorParts): Promise<Door> {
  const { paying, handle } = receiver(parts);
  const content = (number: number) => ({
    type: 'payment.received',
    timestamp: '2026-03-10T04:00:00Z',
    data: {
      paymentId: `pay-${String(number)}`,
      accountId: 'A1',
      amount: cent,
      currency: 'CNY',
      bookedAt: '2026-03-10T03:00:00Z',
    },
  });
  const bare = async ({ body = '' }: HttpRequest) => {
    const { data } = PaymentCallbackSchema.parse(JSON.parse(body));
    return 'bookedAt' in data
      ? recordPayment(toPayment({ ...data, debtorId: 'P1' }, 'issuer_page'), paying)
      : null;
  };
  return Promise.resolve(
    callbackDoor(parts, { name: 'payment callback', path: callbackPath, content, handle, bare }),
  );
}

/** Stripe's webhook, signed by Stripe's own library. */
export function stripeDoor(parts: DoorParts): Promise<Door> {
  const { paying, handle } = receiver(parts);
  const sign = (payload: string, { ageMs = 0, secret = webhookSecret } = {}): HttpRequest => ({
    routeKey: `POST ${stripePath}`,
    rawPath: stripePath,
    rawQueryString: '',
    headers: {
      'stripe-signature': new Stripe('sk_bench').webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: Math.floor((parts.clock.now() - ageMs) / 1_000),
      }),
    },
    body: payload,
    isBase64Encoded: false,
  });
  return Promise.resolve({
    name: 'stripe webhook',
    valid: (number) => {
      const paid = { id: `cs_${String(number)}`, payment_intent: `pi_${String(number)}`, amount_total: 1 };
      return Promise.resolve(sign(JSON.stringify(sessionEvent(paid))));
    },
    mutants: (valid, random) => {
      const body = valid.body ?? '';
      return Promise.resolve([
        ...spoiltBodies(valid, random),
        ...spoiltHeader(valid, 'stripe-signature', random),
        { how: 'other order', request: { ...valid, body: JSON.stringify(JSON.parse(body), null, 1) } },
        {
          how: 'other encoding',
          request: { ...valid, body: body.replace('"type"', String.raw`"\u0074ype"`) },
        },
        { how: 'too old', request: sign(body, { ageMs: 5 * minuteMs + 1_000 }) },
        { how: 'foreign tenant', request: sign(body, { secret: otherSecret }) },
      ]);
    },
    handle,
    isRefused: ({ statusCode, body }) => statusCode === 403 && body === undefined,
    bare: ({ body = '' }) => {
      const told = readStripeEvent(JSON.parse(body), () => undefined);
      return told.kind === 'payment' ? recordPayment(told.payment, paying) : Promise.resolve(null);
    },
  });
}
