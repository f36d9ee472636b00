import type Stripe from 'stripe';
import { at } from './person.ts';

const created = at('2026-03-10T12:00:00Z') / 1_000;
const owner = { debtorId: 'P1', accountId: 'A1' };

/** An event in the form in which Stripe sends it, with the fields that are read. */
function event(type: Stripe.Event['type'], object: object): object {
  return {
    id: `evt_${type}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    type,
    data: { object },
  };
}

/** The hosted page was left with a payment of 100 CNY. */
export function sessionEvent(
  changes: Partial<Stripe.Checkout.Session> = {},
  type: Stripe.Event['type'] = 'checkout.session.completed',
): object {
  return event(type, {
    id: 'cs_1',
    object: 'checkout.session',
    payment_status: 'paid',
    payment_intent: 'pi_1',
    amount_total: 10_000,
    currency: 'cny',
    metadata: owner,
    ...changes,
  });
}

/** So much in all, in hundredths, was refunded of it. */
export function refundEvent(amountRefunded: number, changes: Partial<Stripe.Charge> = {}): object {
  const facts = { id: 'ch_1', object: 'charge', payment_intent: 'pi_1', currency: 'cny', metadata: owner };
  return event('charge.refunded', { ...facts, amount: 10_000, amount_refunded: amountRefunded, ...changes });
}

/** The bank of the person disputes all of it; a dispute names no account. */
export function disputeEvent(status: Stripe.Dispute.Status, type: Stripe.Event['type']): object {
  const facts = { id: 'du_1', object: 'dispute', charge: 'ch_1', payment_intent: 'pi_1', metadata: {} };
  return event(type, { ...facts, amount: 10_000, currency: 'cny', status });
}
