import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/work/handler.ts';
import { at } from '#test/builders/person.ts';
import { world } from '#test/builders/world.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '../events.ts';

const lin = 'arn:aws:sts::123456789012:assumed-role/Agents/lin';
const signed = { authorizer: { iam: { userArn: lin, accountId: '123456789012' } } };
const dispute = { kind: 'dispute', accountId: 'A1', why: 'not my purchase' };

interface Asked {
  readonly key?: string;
  readonly debtorId?: string;
  readonly requestContext?: object;
}

async function door() {
  const here = await world({ now: at('2026-03-02T16:45:00+08:00') });
  const telemetry = createFakeTelemetry();
  const handle = createHandler({ ...here.parts, telemetry });
  const post = async (
    content: unknown,
    { key = 'k-1', debtorId = 'P1', requestContext = signed }: Asked = {},
  ) => {
    const request = {
      ...httpRequest({
        routeKey: 'POST /debtors/{debtorId}/acts',
        pathParameters: { debtorId },
        headers: key === '' ? {} : { 'idempotency-key': key },
        body: typeof content === 'string' ? content : JSON.stringify(content),
      }),
      requestContext,
    };
    const { statusCode, body } = await handle(request);
    return { status: statusCode, content: JSON.parse(String(body)) as Record<string, unknown> };
  };
  return { ...here, telemetry, post };
}

describe('POST /debtors/{debtorId}/acts', () => {
  it('places a hold by whoever signed, and tells what it made', async () => {
    const { post, load, telemetry } = await door();
    const { status, content } = await post(dispute);
    expect(status).toBe(201);
    expect(content).toMatchObject({
      result: 'done',
      act: { actId: 'api:k-1', kind: 'dispute', via: 'api', by: lin, outcome: 'done' },
      hold: { kind: 'dispute', accountId: 'A1', why: 'not my purchase' },
    });
    expect((await load()).holds).toMatchObject([{ kind: 'dispute', by: lin }]);
    expect(telemetry.counts).toEqual({ act_done: 1 });
  });

  it('names the person for whom a tool asks', async () => {
    const { post } = await door();
    const { content } = await post({ ...dispute, onBehalfOf: 'Ana' });
    expect(content).toMatchObject({ act: { via: 'agent', by: `${lin} for Ana` } });
  });

  it('does it once for the same key, and answers as before', async () => {
    const { post, load } = await door();
    const first = await post(dispute);
    const again = await post(dispute);
    expect(again).toEqual({ status: 200, content: { ...first.content, result: 'repeated' } });
    expect((await load()).holds).toHaveLength(1);
  });

  it('takes a promise by telephone, and refuses one that breaks a rule by saying what would be taken', async () => {
    const { post, load } = await door();
    const promise = { kind: 'promise', accountId: 'A1', amount: 100, date: '2026-03-10' };
    expect((await post({ ...promise, amount: 1 })).content).toEqual({
      errors: [
        {
          problem: 'amount_too_small',
          field: 'amount',
          message: 'amount: is less than what is taken (amountMin 20)',
          limits: { amountMin: 20 },
        },
      ],
    });
    expect((await load()).promises).toEqual([]);
    expect(await post(promise, { key: 'k-2' })).toMatchObject({
      status: 201,
      content: { promise: { amount: 100, dueDate: '2026-03-10' } },
    });
  });

  it.each([
    ['no key', dispute, { key: '' }, 400, 'no_idempotency_key', 'idempotency-key'],
    ['a key that can be no id', dispute, { key: 'a b' }, 400, 'invalid', 'idempotency-key'],
    ['no JSON', '{', {}, 400, 'invalid', null],
    ['an unknown kind', { kind: 'forgive' }, {}, 400, 'invalid', 'kind'],
    ['a missing field', { kind: 'dispute', why: 'x' }, {}, 400, 'invalid', 'accountId'],
    ['who does it, in the body', { ...dispute, by: 'me' }, {}, 400, 'invalid', 'by'],
    ['another person, in the body', { ...dispute, debtorId: 'P2' }, {}, 400, 'invalid', 'debtorId'],
    ['nobody who signed', dispute, { requestContext: {} }, 403, 'not_signed', null],
    ['an unknown person', dispute, { debtorId: 'P9' }, 422, 'unknown_person', 'debtorId'],
    ['an unknown account', { ...dispute, accountId: 'A9' }, {}, 422, 'unknown_account', 'accountId'],
  ] as const)('refuses %s and changes nothing', async (...row) => {
    const [, content, options, status, problem, field] = row;
    const { post, load } = await door();
    expect(await post(content, options)).toMatchObject({
      status,
      content: { errors: [{ problem, field }] },
    });
    expect((await load()).acts).toEqual([]);
  });

  it('asks to come again while others change the person', async () => {
    const { parts, telemetry } = await door();
    const store = { ...parts.store, change: () => Promise.resolve('conflict' as const) };
    const handle = createHandler({ ...parts, store, telemetry });
    const answer = await handle({
      ...httpRequest({
        pathParameters: { debtorId: 'P1' },
        headers: { 'idempotency-key': 'k-1' },
        body: JSON.stringify(dispute),
      }),
      requestContext: signed,
    });
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });
});
