import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { promisesPath } from '#functions/portal/promise-callback.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { httpRequest } from '../events.ts';
import { portalWorld } from '#test/builders/portal-world.ts';

const secret = 'whsec_dGVzdC1zZWNyZXQtb2YtdGhlLWNhbGxiYWNrcw==';
const made = { debtorId: 'P1', accountId: 'card-0042', amount: 1_000, currency: 'CNY', date: '2026-03-20' };
const eventOf = (data: object, type = 'promise.made') => ({ type, timestamp: '2026-03-10T02:00:00Z', data });

async function callbacks() {
  const world = await portalWorld();
  const tell = async (
    event: unknown,
    { id = 'evt-1', signedBy = secret, body = JSON.stringify(event) } = {},
  ) => {
    const now = new Date(world.clock.now());
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(signedBy).sign(id, now, JSON.stringify(event)),
    };
    const answer = await world.handle(
      httpRequest({ routeKey: `POST ${promisesPath}`, rawPath: promisesPath, headers, body }),
    );
    return { status: answer.statusCode, content: JSON.parse(String(answer.body)) as Record<string, unknown> };
  };
  return { world, tell, person: async () => (await world.store.load('P1'))! };
}

describe('POST /callbacks/promises', () => {
  it('takes a promise, and answers the same webhook with the same promise', async () => {
    const { tell, person } = await callbacks();
    const first = await tell(eventOf({ ...made, confirmBy: 'email' }));
    expect(first).toMatchObject({
      status: 201,
      content: {
        result: 'done',
        promise: { accountId: 'card-0042', amount: 1_000, currency: 'CNY', date: '2026-03-20' },
      },
    });
    const again = await tell(eventOf({ ...made, confirmBy: 'email' }));
    expect(again).toEqual({ status: 200, content: { ...first.content, result: 'repeated' } });
    expect((await person()).promises).toMatchObject([{ via: 'callback', confirmBy: 'email' }]);
    expect((await person()).acts).toHaveLength(1);
  });

  it('withdraws one', async () => {
    const { tell, person } = await callbacks();
    const { content } = await tell(eventOf(made));
    const { promiseId } = content['promise'] as { promiseId: string };
    const { debtorId, accountId } = made;
    const withdrawn = await tell(eventOf({ debtorId, accountId, promiseId }, 'promise.withdrawn'), {
      id: 'evt-2',
    });
    expect(withdrawn).toEqual({ status: 201, content: { result: 'done' } });
    expect((await person()).promises).toMatchObject([{ cancelled: { why: 'withdrawn' } }]);
  });

  it.each([
    [{ ...made, amount: 1 }, 'amount_too_small', 'data.amount', { amountMin: 246.9 }],
    [
      { ...made, date: '2027-01-01' },
      'date_too_late',
      'data.date',
      { dateFrom: '2026-03-10', dateTo: '2026-04-09' },
    ],
    [{ ...made, currency: 'USD' }, 'wrong_currency', 'data.currency', { currency: 'CNY' }],
    [{ ...made, accountId: 'nobodys' }, 'unknown_account', 'data.accountId', {}],
    [{ ...made, debtorId: 'nobody' }, 'unknown_person', 'data.debtorId', {}],
  ])(
    'refuses %o and tells the field, the problem and what would be taken',
    async (data, problem, field, limits) => {
      const { tell, person } = await callbacks();
      const before = await person();
      expect(await tell(eventOf(data))).toEqual({
        status: 422,
        content: { errors: [{ problem, field, limits }] },
      });
      expect(await person()).toEqual(before);
    },
  );

  it.each([
    ['no JSON', 'nonsense'],
    ['a field that is unknown', eventOf({ ...made, note: 'x' })],
    ['a date that does not exist', eventOf({ ...made, date: '2026-02-30' })],
    ['an amount below zero', eventOf({ ...made, amount: -5 })],
    ['another event', eventOf(made, 'promise.kept')],
  ])('refuses %s and names the field', async (_what, event) => {
    const { tell } = await callbacks();
    const { status, content } = await tell(event);
    expect(status).toBe(400);
    expect((content['errors'] as unknown[])[0]).toMatchObject({ problem: 'invalid' });
  });

  it('refuses what is signed by another secret, changed on the way, or too old, and changes nothing', async () => {
    const { world, tell, person } = await callbacks();
    const before = await person();
    const other = 'whsec_b3RoZXItc2VjcmV0LW9mLXRoZS1jYWxsYmFja3M=';
    expect((await tell(eventOf(made), { signedBy: other })).status).toBe(403);
    expect(
      (await tell(eventOf(made), { body: JSON.stringify(eventOf({ ...made, amount: 900 })) })).status,
    ).toBe(403);
    const headers = {
      'webhook-id': 'evt-9',
      'webhook-timestamp': String(Math.floor((world.clock.now() - 6 * minuteMs) / 1_000)),
      'webhook-signature': new Webhook(secret).sign(
        'evt-9',
        new Date(world.clock.now() - 6 * minuteMs),
        JSON.stringify(eventOf(made)),
      ),
    };
    const old = await world.handle(
      httpRequest({ rawPath: promisesPath, headers, body: JSON.stringify(eventOf(made)) }),
    );
    expect(old.statusCode).toBe(403);
    expect(String(old.body)).toContain('too_old');
    expect(await person()).toEqual(before);
  });
});
