import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/ops/handler.ts';
import { stoppableNames } from '#shared/core/stops/stoppable-names.ts';
import { rules } from '#test/builders/rules.ts';
import { noon } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeStopStore } from '#test/fakes/fake-stop-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '../events.ts';

const lin = 'arn:aws:sts::123456789012:assumed-role/Operations/lin';
const signedBy = (userArn: string) => ({ authorizer: { iam: { userArn, accountId: '123456789012' } } });
const why = 'wrong amounts in the feed';

interface Asked {
  readonly stopId?: string;
  readonly body?: unknown;
  readonly query?: string;
  readonly requestContext?: unknown;
}

function requestOf(routeKey: string, { stopId, body, query, requestContext }: Asked) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    ...httpRequest({
      routeKey,
      rawQueryString: query ?? '',
      ...(stopId !== undefined && { pathParameters: { stopId } }),
      ...(body !== undefined && { body: text }),
    }),
    requestContext: requestContext ?? signedBy(lin),
  };
}

function door(names = () => Promise.resolve(stoppableNames(rules()))) {
  const stops = createFakeStopStore();
  const telemetry = createFakeTelemetry();
  const handle = createHandler({ stops, clock: createFakeClock(noon), names, telemetry });
  const ask = async (routeKey: string, asked: Asked = {}) => {
    const { statusCode, body } = await handle(requestOf(routeKey, asked));
    return { status: statusCode, content: JSON.parse(String(body)) as Record<string, unknown> };
  };
  return {
    stops,
    telemetry,
    get: (path: string, query?: string) => ask(`GET ${path}`, query === undefined ? {} : { query }),
    put: (stopId: string, asked: Asked) => ask('PUT /stops/{stopId}', { stopId, ...asked }),
    lift: (stopId: string, asked: Asked = {}) => ask('DELETE /stops/{stopId}', { stopId, ...asked }),
  };
}

describe('PUT /stops/{stopId}', () => {
  it('stops, by whoever signed, and says how soon it holds', async () => {
    const { put, stops } = door();
    const stop = {
      stopId: 'creditor:demo-bank',
      scope: { kind: 'creditor', creditor: 'demo-bank' },
      by: lin,
      why,
      at: noon,
    };
    expect(await put('creditor:demo-bank', { body: { why } })).toEqual({
      status: 201,
      content: { result: 'stopped', stop, effectWithinSeconds: 2 },
    });
    expect(await stops.inForce()).toEqual([stop]);
  });

  it('answers 200 and who had stopped it when it is stopped already', async () => {
    const { put, telemetry } = door();
    await put('all', { body: { why } });
    const ana = signedBy('arn:aws:iam::123456789012:user/ana');
    const again = await put('all', { body: { why: 'also me' }, requestContext: ana });
    expect(again).toMatchObject({
      status: 200,
      content: { result: 'already_stopped', stop: { by: lin, why } },
    });
    expect(telemetry.counts).toEqual({ stop_stopped: 1, stop_already_stopped: 1 });
  });

  it('keeps for whom a system acts, beside who it is', async () => {
    const { put, stops } = door();
    await put('all', { body: { why, onBehalfOf: 'Lin of compliance' } });
    expect(await stops.inForce()).toMatchObject([{ by: lin, onBehalfOf: 'Lin of compliance' }]);
  });

  it.each<[string, Asked, number, string]>([
    ['a body that says who acts', { stopId: 'all', body: { why, by: 'somebody else' } }, 400, 'by'],
    ['no reason', { stopId: 'all', body: {} }, 400, 'why'],
    ['a reason that is none', { stopId: 'all', body: { why: 'x' } }, 400, 'why'],
    ['a body that is not JSON', { stopId: 'all', body: '{' }, 400, 'why'],
    ['an id of nothing', { stopId: 'everything', body: { why } }, 400, 'creditor:ID'],
    ['a channel that is none', { stopId: 'channel:fax', body: { why } }, 400, 'channel:sms'],
    ['a misspelt creditor', { stopId: 'creditor:demo-bnak', body: { why } }, 422, 'known are demo-bank'],
    ['a request that nobody signed', { stopId: 'all', body: { why }, requestContext: {} }, 403, 'sign it'],
    [
      'a request without an identity',
      { stopId: 'all', body: { why }, requestContext: signedBy('') },
      403,
      'sign it',
    ],
  ])('refuses %s and stops nothing', async (_, { stopId = '', ...asked }, status, message) => {
    const { put, stops, telemetry } = door();
    const answer = await put(stopId, asked);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.content['errors'])).toContain(message);
    expect(await stops.inForce()).toEqual([]);
    expect(await stops.history(10)).toEqual([]);
    expect(telemetry.counts).toEqual({ refused: 1 });
  });

  it('stops everything even when the configuration cannot be read, and says so of a creditor', async () => {
    const { put } = door(() => Promise.reject(new Error('no config.json')));
    expect(await put('all', { body: { why } })).toMatchObject({ status: 201 });
    const refused = await put('creditor:demo-bank', { body: { why } });
    expect(refused).toMatchObject({ status: 503, content: { errors: [{ problem: 'names_unreadable' }] } });
  });
});

describe('DELETE /stops/{stopId}', () => {
  it.each<[string, Asked]>([
    ['body', { body: { why: 'mended' } }],
    ['query', { query: 'why=mended' }],
  ])('resumes with the reason in the %s, and names what is still stopped', async (_, asked) => {
    const { put, lift, stops } = door();
    await put('all', { body: { why } });
    await put('channel:sms', { body: { why } });
    expect(await lift('all', asked)).toMatchObject({
      status: 200,
      content: { result: 'resumed', stillInForce: [{ stopId: 'channel:sms' }], effectWithinSeconds: 2 },
    });
    expect((await stops.history(1))[0]).toMatchObject({ result: 'resumed', by: lin, why: 'mended' });
  });

  it('says that nothing was stopped, and keeps the reason', async () => {
    const { lift, stops } = door();
    const answer = await lift('channel:call', { body: { why: 'mended' } });
    expect(answer).toMatchObject({ status: 200, content: { result: 'not_stopped', stillInForce: [] } });
    expect(await stops.history(10)).toMatchObject([{ result: 'not_stopped', why: 'mended' }]);
  });

  it('needs a reason', async () => {
    const { put, lift, stops } = door();
    await put('all', { body: { why } });
    expect((await lift('all')).status).toBe(400);
    expect(await stops.inForce()).toHaveLength(1);
  });
});

describe('GET /stops', () => {
  it('tells what is stopped, and its history newest first, as long as is asked for', async () => {
    const { put, lift, get } = door();
    await put('all', { body: { why } });
    await lift('all', { body: { why: 'mended' } });
    await put('channel:sms', { body: { why } });
    expect((await get('/stops')).content).toMatchObject({
      inForce: [{ stopId: 'channel:sms', by: lin }],
    });
    const results = async (query?: string) => {
      const { content } = await get('/stops/history', query);
      return (content['history'] as { result: string; stopId: string }[]).map(
        ({ result, stopId }) => `${result} ${stopId}`,
      );
    };
    expect(await results()).toEqual(['stopped channel:sms', 'resumed all', 'stopped all']);
    expect(await results('limit=1')).toEqual(['stopped channel:sms']);
  });

  it.each(['0', '201', '1.5', 'many', ''])('refuses a history of "%s" acts', async (limit) => {
    const { get } = door();
    const { status, content } = await get('/stops/history', `limit=${limit}`);
    expect(status).toBe(400);
    expect(content['errors']).toMatchObject([{ field: 'limit' }]);
  });

  it('answers 404 to a route that is none', async () => {
    expect((await door().get('/elsewhere')).status).toBe(404);
  });
});
