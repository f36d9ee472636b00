import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { callbackPath } from '#functions/receive-payment/paths.ts';
import { account, debtor } from '#test/builders/person.ts';
import { callbackSecret, paymentDoor, type PaymentDoor } from './payment-door.ts';

let door: PaymentDoor;
beforeEach(async () => {
  door = await paymentDoor();
});

const timestamp = '2026-03-10T12:00:00Z';
const money = { paymentId: 'X1', accountId: 'A1', amount: 100, currency: 'CNY' };
const received = (changes: object = {}) => ({
  type: 'payment.received',
  timestamp,
  data: { ...money, bookedAt: timestamp, ...changes },
});
const reversed = (changes: object = {}) => ({
  type: 'payment.reversed',
  timestamp,
  data: { ...money, reversalId: 'R1', amount: 40, reversedAt: timestamp, why: 'chargeback', ...changes },
});

const tell = (content: unknown, { by = callbackSecret, ageSeconds = 0, tamper = '' } = {}) => {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const at = new Date(door.clock.now() - ageSeconds * 1_000);
  const signature = new Webhook(by).sign('evt-1', at, body);
  return door.send(callbackPath, body + tamper, {
    'webhook-id': 'evt-1',
    'webhook-timestamp': String(at.getTime() / 1_000),
    'webhook-signature': signature,
  });
};

describe("the creditor's signed callback", () => {
  it('books a payment once, for the person whose account it is', async () => {
    expect(await tell(received())).toMatchObject({
      status: 201,
      content: { result: 'recorded', cured: true },
    });
    expect(await tell(received())).toMatchObject({ status: 200, content: { result: 'repeated' } });
    expect(await door.person()).toMatchObject({ payments: [{ paymentId: 'X1', source: 'issuer_page' }] });
  });

  it('takes back what was paid, also when that is told first', async () => {
    expect(await tell(reversed())).toMatchObject({ status: 202, content: { reason: 'unknown_payment' } });
    expect(await tell(received())).toMatchObject({ status: 201, content: { pastDue: 40, cured: false } });
    expect(await tell(reversed())).toMatchObject({ status: 200, content: { result: 'repeated' } });
  });

  it('tells what to correct, and does not ask for the same again', async () => {
    const { status, content } = await tell(received({ currency: 'USD' }));
    expect(status).toBe(200);
    expect(content).toMatchObject({ result: 'refused', errors: [{ problem: 'wrong_currency' }] });
  });

  it('parks a payment on an account that nobody knows, which is booked when the account has come', async () => {
    const told = received({ accountId: 'A9' });
    expect(await tell(told)).toMatchObject({ status: 202, content: { reason: 'unknown_account' } });
    expect(await door.parked.waiting(10)).toMatchObject([{ paymentId: 'X1', accountId: 'A9' }]);
    const known = account({ debtorId: 'P9', accountId: 'A9' });
    await door.store.saveFeeds([
      { debtorId: 'P9', debtor: debtor({ debtorId: 'P9' }), accounts: [known], stops: false },
    ]);
    expect(await tell(told)).toMatchObject({ status: 201 });
    expect(await door.parked.waiting(10)).toEqual([]);
  });

  it.each([
    ['by another secret', { by: 'd'.repeat(64) }],
    ['that is old', { ageSeconds: 301 }],
    ['with another body', { tamper: ' ' }],
  ])('learns and changes nothing from a callback %s', async (_, how) => {
    const before = await door.person();
    expect(await tell(received(), how)).toEqual({ status: 403, content: {} });
    expect(await door.person()).toEqual(before);
  });

  it.each([
    ['a body that is not JSON', '{"type":', null],
    ['another type', { ...received(), type: 'payment.promised' }, 'type'],
    ['an amount of nothing', received({ amount: 0 }), 'data.amount'],
    ['a time without a zone', received({ bookedAt: '2026-03-10T12:00:00' }), 'data.bookedAt'],
    ['a reversal without an id', reversed({ reversalId: undefined }), 'data.reversalId'],
  ])('names the field of %s', async (_, content, field) => {
    const answer = await tell(content);
    expect(answer.status).toBe(400);
    expect(answer.content['errors']).toMatchObject([{ field }]);
  });

  it('names a field that it does not know', async () => {
    const { status, content } = await tell(received({ note: 'x' }));
    expect(status).toBe(400);
    expect(JSON.stringify(content)).toContain('note');
  });
});
