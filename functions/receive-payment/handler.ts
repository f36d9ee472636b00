import { checkWebhook, webhookOf } from '#functions/_adapters/standard-webhooks/check-webhook.ts';
import {
  readStripeEvent,
  type StripeOwner,
  type StripeTold,
} from '#functions/_adapters/stripe/read-stripe-event.ts';
import { readStripeSecret } from '#functions/_adapters/stripe/stripe-secret.ts';
import { isSignedByStripe } from '#functions/_adapters/stripe/stripe-signature.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import { bodyOf, jsonAnswer, type HttpAnswer, type HttpRequest } from '#functions/_runtime/http.ts';
import { paymentAnswer } from '#functions/_runtime/payment-answer.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { nobody, PaymentCallbackSchema, type PaymentCallback } from '#shared/contracts/payment-callback.ts';
import { toPayment, toReversal } from '#shared/contracts/payment-request.ts';
import type { PaymentParts } from '#shared/usecases/payment-parts.ts';
import { recordPayment } from '#shared/usecases/record-payment.ts';
import { reversePayment } from '#shared/usecases/reverse-payment.ts';
import { callbackPath, stripePath } from './paths.ts';
import { readJson, type FieldError } from './read-json.ts';

export interface ReceivePaymentParts extends PaymentParts {
  readonly telemetry: Telemetry;
  /** Reads the secret that the creditor's systems sign by. */
  readonly callbackSecret: () => Promise<string>;
  /** Reads the keys of the Stripe account. */
  readonly stripeSecret: () => Promise<string>;
  /** Whose account it is; null when nobody's. */
  readonly ownerOf: (accountId: string) => Promise<string | null>;
  /** For whose account Stripe took a payment; null when it was not ours. */
  readonly stripeOwnerOf: (paymentId: string) => Promise<StripeOwner | null>;
}

/** Payments as others tell them: Stripe, and the creditor's own systems. Whoever does not sign learns and changes nothing. */
export function createHandler(parts: ReceivePaymentParts) {
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    switch (request.rawPath) {
      case stripePath:
        return fromStripe(request, parts);
      case callbackPath:
        return fromCreditor(request, parts);
      default:
        return { statusCode: 404 };
    }
  };
}

async function fromStripe(request: HttpRequest, parts: ReceivePaymentParts): Promise<HttpAnswer> {
  const { telemetry, clock } = parts;
  const body = bodyOf(request);
  const keys = await readStripeSecret(parts.stripeSecret);
  if (keys === null) telemetry.count('stripe_not_set_up');
  const signed = { header: request.headers['stripe-signature'], body };
  if (keys === null || !isSignedByStripe(signed, keys.webhookSecret, clock.now())) return unsigned(telemetry);
  const read = readJson(body, (json) => readStripeEvent(json, countUnrecognised(telemetry)));
  return read.kind === 'refused' ? malformed(read.errors, telemetry) : bookStripe(read.value, parts);
}

async function bookStripe(told: StripeTold, parts: ReceivePaymentParts): Promise<HttpAnswer> {
  const { telemetry } = parts;
  if (told.kind === 'nothing') return ignored(told.why, telemetry);
  if (told.kind === 'payment') return counted('payment', await recordPayment(told.payment, parts), telemetry);
  const { reversal } = told;
  const debtorId = told.debtorId ?? (await parts.stripeOwnerOf(reversal.paymentId))?.debtorId;
  if (debtorId === undefined) return ignored('not_ours', telemetry);
  return counted('reversal', await reversePayment({ ...reversal, debtorId }, parts), telemetry);
}

async function fromCreditor(request: HttpRequest, parts: ReceivePaymentParts): Promise<HttpAnswer> {
  const { telemetry, clock } = parts;
  const body = bodyOf(request);
  const secret = await parts.callbackSecret();
  const verdict = checkWebhook(webhookOf(request.headers, body), secret, clock.now());
  if (verdict !== 'valid') return unsigned(telemetry);
  const read = readJson(body, (json) => PaymentCallbackSchema.parse(json));
  return read.kind === 'refused' ? malformed(read.errors, telemetry) : bookCallback(read.value, parts);
}

async function bookCallback(
  { type, data }: PaymentCallback,
  parts: ReceivePaymentParts,
): Promise<HttpAnswer> {
  const debtorId = data.debtorId ?? (await parts.ownerOf(data.accountId)) ?? nobody;
  const { telemetry } = parts;
  if (type === 'payment.received') {
    const payment = toPayment({ ...data, debtorId }, 'issuer_page');
    return counted('payment', await recordPayment(payment, parts), telemetry);
  }
  const reversal = toReversal({ ...data, debtorId }, 'issuer_page');
  return counted('reversal', await reversePayment(reversal, parts), telemetry);
}

function counted(
  what: 'payment' | 'reversal',
  outcome: Parameters<typeof paymentAnswer>[0],
  telemetry: Telemetry,
): HttpAnswer {
  telemetry.count(`${what}_${outcome.kind}`);
  return paymentAnswer(outcome, 200);
}

function unsigned(telemetry: Telemetry): HttpAnswer {
  telemetry.count('signature_refused');
  return { statusCode: 403 };
}

function malformed(errors: readonly FieldError[], telemetry: Telemetry): HttpAnswer {
  telemetry.count('refused');
  return jsonAnswer(400, { errors });
}

/** Answered like any other: whoever told it could only tell the same again. */
function ignored(why: string, telemetry: Telemetry): HttpAnswer {
  telemetry.count(`ignored_${why}`);
  return jsonAnswer(200, { result: 'ignored', reason: why });
}
