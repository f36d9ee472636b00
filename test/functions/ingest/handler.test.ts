import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/ingest/handler.ts';
import { paymentParts } from '#test/builders/payment-parts.ts';
import { at } from '#test/builders/person.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '../events.ts';

const payment = {
  paymentId: 'pay-1',
  debtorId: 'P1',
  amount: 100,
  currency: 'CNY',
  bookedAt: '2026-03-04T10:00:00+08:00',
};

function door() {
  const store = createFakeDebtorStore({ shards: 2 });
  const telemetry = createFakeTelemetry();
  const parts = paymentParts({ store, clock: createFakeClock(at('2026-03-05T09:00:00Z')) });
  const handle = createHandler({ ...parts, store, telemetry });
  const send = async (routeKey: string, body: unknown, accountId = 'A1') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await handle(httpRequest({ routeKey, pathParameters: { accountId }, body: text }));
    return { status: answer.statusCode, content: JSON.parse(answer.body ?? '{}') as Record<string, unknown> };
  };
  return {
    store,
    telemetry,
    handle,
    put: (body: unknown, accountId?: string) => send('PUT /accounts/{accountId}', body, accountId),
    pay: (body: unknown, accountId?: string) => send('POST /accounts/{accountId}/payments', body, accountId),
    reverse: (body: unknown) => send('POST /accounts/{accountId}/reversals', body),
    parked: parts.parked,
  };
}

describe('PUT /accounts/{accountId}', () => {
  it('takes a portfolio row, once', async () => {
    const { put, store, telemetry } = door();
    expect(await put(portfolioObject())).toEqual({ status: 200, content: { result: 'imported' } });
    expect(await put(portfolioObject())).toEqual({ status: 200, content: { result: 'unchanged' } });
    expect((await store.load('P1'))?.accounts).toMatchObject([{ accountId: 'A1', pastDue: 100 }]);
    expect(telemetry.counts).toEqual({ account_imported: 1, account_unchanged: 1 });
  });

  it('takes the account id from the path when the body has none', async () => {
    const { put, store } = door();
    await put(portfolioObject({ accountId: undefined }), 'A7');
    expect((await store.load('P1'))?.accounts).toMatchObject([{ accountId: 'A7' }]);
  });

  it('says when the row cures the account', async () => {
    const { put } = door();
    await put(portfolioObject());
    const cured = portfolioObject({ pastDue: '0', dueDate: '2026-04-01' });
    expect(await put(cured)).toEqual({ status: 200, content: { result: 'cured' } });
  });

  it.each([
    ['a body that is not JSON', '{"accountId":', 'bad_json', null],
    ['a body that is a list', '[]', 'bad_json', null],
    ['another account than the path', portfolioObject({ accountId: 'A2' }), 'account_differs', 'accountId'],
    ['an unknown field', portfolioObject({ colour: 'red' }), 'unknown_column', 'colour'],
    ['a negative amount', portfolioObject({ pastDue: '-5' }), 'invalid', 'pastDue'],
  ])('refuses %s and changes nothing', async (_, body, problem, column) => {
    const { put, store, telemetry } = door();
    const { status, content } = await put(body);
    expect(status).toBe(400);
    const errors = content['errors'] as { problem: string; column: string | null; message: string }[];
    expect(errors.map((error) => error.column)).toContain(column);
    if (problem !== 'invalid') expect(errors.map((error) => error.problem)).toContain(problem);
    for (const { message } of errors) expect(message.length).toBeGreaterThan(10);
    expect(await store.load('P1')).toBeNull();
    expect(telemetry.counts).toEqual({ refused: 1 });
  });
});

describe('POST /accounts/{accountId}/payments', () => {
  it('records a payment, once', async () => {
    const { put, pay, store } = door();
    await put(portfolioObject());
    expect(await pay(payment)).toEqual({
      status: 201,
      content: { result: 'recorded', pastDue: 0, cured: true, overpaid: 0 },
    });
    expect(await pay(payment)).toEqual({ status: 200, content: { result: 'repeated' } });
    expect((await store.load('P1'))?.payments).toMatchObject([
      { paymentId: 'pay-1', bookedAt: at('2026-03-04T02:00:00Z') },
    ]);
  });

  it('parks a payment on an account that nobody knows for a person', async () => {
    const { pay, store, parked } = door();
    expect(await pay(payment)).toEqual({
      status: 202,
      content: { result: 'parked', reason: 'unknown_account' },
    });
    expect(await store.load('P1')).toBeNull();
    expect(await parked.waiting(10)).toMatchObject([{ paymentId: 'pay-1', amount: 100 }]);
  });

  it('refuses a payment in another currency, with the reason', async () => {
    const { put, pay } = door();
    await put(portfolioObject());
    const { status, content } = await pay({ ...payment, currency: 'USD' });
    expect(status).toBe(422);
    expect(content['errors']).toMatchObject([{ problem: 'wrong_currency' }]);
  });

  it.each([
    ['an unknown field', { ...payment, note: 'x' }, /note/],
    ['a time without a zone', { ...payment, bookedAt: '2026-03-04T10:00:00' }, /ISO/],
    ['an amount of nothing', { ...payment, amount: 0 }, /0/],
  ])('refuses %s by name', async (_, body, message) => {
    const { put, pay, store } = door();
    await put(portfolioObject());
    const { status, content } = await pay(body);
    expect(status).toBe(400);
    expect(JSON.stringify(content['errors'])).toMatch(message);
    expect((await store.load('P1'))?.payments).toEqual([]);
  });

  it('reads a body that the API handed on in base64', async () => {
    const { handle, put, store } = door();
    await put(portfolioObject());
    const body = Buffer.from(JSON.stringify(payment)).toString('base64');
    const routeKey = 'POST /accounts/{accountId}/payments';
    await handle(httpRequest({ routeKey, pathParameters: { accountId: 'A1' }, body, isBase64Encoded: true }));
    expect((await store.load('P1'))?.payments).toHaveLength(1);
  });
});

describe('POST /accounts/{accountId}/reversals', () => {
  const { bookedAt: reversedAt, ...facts } = payment;
  const reversal = { ...facts, reversalId: 'r-1', amount: 30, reversedAt };

  it('takes back what was paid, once', async () => {
    const { put, pay, reverse, store } = door();
    await put(portfolioObject());
    await pay(payment);
    expect(await reverse(reversal)).toEqual({
      status: 201,
      content: { result: 'recorded', pastDue: 30, reopened: true },
    });
    expect(await reverse(reversal)).toEqual({ status: 200, content: { result: 'repeated' } });
    expect((await store.load('P1'))?.accounts).toMatchObject([{ pastDue: 30 }]);
  });

  it('keeps one that comes before its payment', async () => {
    const { put, pay, reverse } = door();
    await put(portfolioObject());
    expect(await reverse(reversal)).toMatchObject({ status: 202, content: { reason: 'unknown_payment' } });
    expect(await pay(payment)).toMatchObject({ status: 201, content: { pastDue: 30, cured: false } });
  });

  it('refuses a field that is missing by name', async () => {
    const { reverse } = door();
    const { status, content } = await reverse({ ...reversal, reversalId: undefined });
    expect(status).toBe(400);
    expect(content['errors']).toMatchObject([{ column: 'reversalId' }]);
  });
});
