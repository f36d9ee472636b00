import type Stripe from 'stripe';
import type { PaidSession } from './records.ts';

/** The objects of Stripe that our events carry, with the fields that say something here. */
export function sessionObject(session: PaidSession): object {
  return {
    id: session.id,
    object: 'checkout.session',
    mode: 'payment',
    status: 'complete',
    payment_status: 'paid',
    payment_intent: session.payment.intentId,
    amount_total: session.amount,
    currency: session.currency,
    client_reference_id: session.clientReferenceId,
    metadata: session.metadata,
  };
}

export function chargeObject({ payment, ...session }: PaidSession): object {
  return {
    id: payment.chargeId,
    object: 'charge',
    payment_intent: payment.intentId,
    amount: session.amount,
    amount_refunded: payment.refunded,
    refunded: payment.refunded === session.amount,
    currency: session.currency,
    metadata: session.intentMetadata,
  };
}

export function disputeObject({ payment, ...session }: PaidSession, status: Stripe.Dispute.Status): object {
  return {
    id: payment.disputeId,
    object: 'dispute',
    charge: payment.chargeId,
    payment_intent: payment.intentId,
    amount: session.amount,
    currency: session.currency,
    reason: 'general',
    status,
    metadata: {},
  };
}

export function intentObject({ payment, ...session }: PaidSession): object {
  const { amount, currency, intentMetadata: metadata } = session;
  return { id: payment.intentId, object: 'payment_intent', status: 'succeeded', amount, currency, metadata };
}
