import Stripe from 'stripe';
import { beforeEach, describe, expect, it } from 'vitest';
import { stripePath } from '#functions/receive-payment/paths.ts';
import { permutations } from '#test/builders/permutations.ts';
import { disputeEvent, refundEvent, sessionEvent } from '#test/builders/stripe-events.ts';
import { paymentDoor, stripeSecret, type PaymentDoor } from './payment-door.ts';

let door: PaymentDoor;
beforeEach(async () => {
  door = await paymentDoor();
});

const tell = async (event: object, { by = stripeSecret, ageSeconds = 0, tamper = '' } = {}) => {
  const payload = JSON.stringify(event);
  const timestamp = door.clock.now() / 1_000 - ageSeconds;
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp });
  return door.send(stripePath, payload + tamper, { 'stripe-signature': header });
};

describe("Stripe's webhook", () => {
  it('books a payment, once, whichever event tells it', async () => {
    expect(await tell(sessionEvent())).toMatchObject({
      status: 201,
      content: { result: 'recorded', cured: true },
    });
    expect(await tell(sessionEvent())).toMatchObject({ status: 200, content: { result: 'repeated' } });
    const later = sessionEvent({}, 'checkout.session.async_payment_succeeded');
    expect(await tell(later)).toMatchObject({ status: 200, content: { result: 'repeated' } });
    expect(await door.person()).toMatchObject({
      payments: [{ paymentId: 'pi_1', amount: 100, currency: 'CNY', source: 'provider_page' }],
      accounts: [{ pastDue: 0 }],
    });
  });

  it.each([
    ['by another secret', { by: 'whsec_other' }],
    ['that is old', { ageSeconds: 301 }],
    ['with another body', { tamper: ' ' }],
  ])('learns and changes nothing from a webhook %s', async (_, how) => {
    const before = await door.person();
    expect(await tell(sessionEvent(), how)).toEqual({ status: 403, content: {} });
    expect(await door.person()).toEqual(before);
  });

  it('learns nothing without a signature, or while no keys are set up', async () => {
    expect(await door.send(stripePath, JSON.stringify(sessionEvent()), {})).toEqual({
      status: 403,
      content: {},
    });
    door = await paymentDoor({ stripe: 'generated' });
    expect(await tell(sessionEvent())).toEqual({ status: 403, content: {} });
    expect(door.telemetry.counts).toMatchObject({ stripe_not_set_up: 1 });
  });

  it('waits for the event that says that a bank transfer has come', async () => {
    const unpaid = sessionEvent({ payment_status: 'unpaid' });
    expect(await tell(unpaid)).toMatchObject({ status: 200, content: { result: 'ignored' } });
    expect(await tell(sessionEvent({}, 'checkout.session.async_payment_succeeded'))).toMatchObject({
      status: 201,
    });
  });

  it.each([
    ['an event of another kind', { id: 'evt_1', type: 'customer.created', data: { object: {} } }],
    [
      'a transfer that failed',
      sessionEvent({ payment_status: 'unpaid' }, 'checkout.session.async_payment_failed'),
    ],
    ['a payment that is not for an account of ours', sessionEvent({ metadata: {} })],
    ['a refund of such a one', refundEvent(10_000, { metadata: {} })],
    ['an inquiry of a bank', disputeEvent('warning_needs_response', 'charge.dispute.created')],
  ])('takes no notice of %s', async (_, event) => {
    const before = await door.person();
    expect(await tell(event)).toMatchObject({ status: 200, content: { result: 'ignored' } });
    expect(await door.person()).toEqual(before);
  });

  it('names the fields that an event lacks', async () => {
    const { status, content } = await tell(sessionEvent({ amount_total: -1 }));
    expect(status).toBe(400);
    expect(content['errors']).toMatchObject([{ field: 'data.object.amount_total' }]);
    expect(await tell({ nothing: true })).toMatchObject({
      status: 400,
      content: { errors: [{ field: 'type' }] },
    });
  });

  it('parks what was paid in another currency, and for an account that nobody knows', async () => {
    expect(await tell(sessionEvent({ currency: 'usd' }))).toMatchObject({
      status: 202,
      content: { reason: 'wrong_currency' },
    });
    const unknown = sessionEvent({ payment_intent: 'pi_2', metadata: { debtorId: 'P9', accountId: 'A9' } });
    expect(await tell(unknown)).toMatchObject({ status: 202, content: { reason: 'unknown_account' } });
    expect(await door.parked.waiting(10)).toMatchObject([{ paymentId: 'pi_1' }, { paymentId: 'pi_2' }]);
  });

  it.each(permutations([0, 1, 2]))(
    'counts refunds that grow by their total, told in the order %s',
    async (...order) => {
      const events = [sessionEvent(), refundEvent(3_000), refundEvent(5_000)];
      for (const index of order) await tell(events[index]!);
      expect(await door.person()).toMatchObject({ accounts: [{ pastDue: 50 }] });
      expect(await door.parked.waiting(10)).toEqual([]);
    },
  );

  it.each(permutations([0, 1, 2, 3]))(
    'ends a dispute that is lost with an open account, told in the order %s',
    async (...order) => {
      const events = [
        sessionEvent(),
        disputeEvent('needs_response', 'charge.dispute.created'),
        disputeEvent('needs_response', 'charge.dispute.funds_withdrawn'),
        disputeEvent('lost', 'charge.dispute.closed'),
      ];
      for (const index of order) await tell(events[index]!);
      expect(await door.person()).toMatchObject({ accounts: [{ pastDue: 100 }] });
    },
  );

  it.each(permutations([0, 1, 2, 3]))(
    'ends a dispute that is won as if it had never been, told in the order %s',
    async (...order) => {
      const events = [
        sessionEvent(),
        disputeEvent('needs_response', 'charge.dispute.created'),
        disputeEvent('won', 'charge.dispute.closed'),
        disputeEvent('won', 'charge.dispute.funds_reinstated'),
      ];
      for (const index of order) await tell(events[index]!);
      expect(await door.person()).toMatchObject({ accounts: [{ pastDue: 0 }] });
      expect(await door.parked.waiting(10)).toEqual([]);
    },
  );

  it('takes no notice of a dispute about a payment that is not ours', async () => {
    door.stripeKnows(null);
    const told = await tell(disputeEvent('lost', 'charge.dispute.closed'));
    expect(told).toMatchObject({ status: 200, content: { result: 'ignored', reason: 'not_ours' } });
  });

  it('counts a word of a dispute that it does not know', async () => {
    await tell(disputeEvent('quite_new', 'charge.dispute.updated'));
    expect(door.telemetry.counts).toMatchObject({ unrecognised: 1 });
  });
});
