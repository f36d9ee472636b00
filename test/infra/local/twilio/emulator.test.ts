import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isSignedByTwilio } from '#functions/_adapters/twilio/twilio-signature.ts';
import {
  startTwilioEmulator,
  type TwilioEmulator,
  type TwilioEmulatorOptions,
} from '#infra/local/twilio/emulator.ts';
import { loadOpenapiCheck } from '#infra/local/twilio/openapi-check.ts';
import { manualClock, type ManualClock } from '#test/infra/local/manual-clock.ts';
import { startWebhookCatcher, type WebhookCatcher } from '#test/infra/local/webhook-catcher.ts';

const accountSid = `AC${'0'.repeat(31)}1`;
const authToken = 'token-of-the-test';
const from = '+15005550006';
const hourMs = 3_600_000;

let emulator: TwilioEmulator | undefined;
let catcher: WebhookCatcher | undefined;

afterEach(async () => {
  await emulator?.stop();
  await catcher?.stop();
  emulator = undefined;
  catcher = undefined;
});

async function start(
  options: Partial<TwilioEmulatorOptions> = {},
): Promise<{ emulator: TwilioEmulator; catcher: WebhookCatcher; clock: ManualClock }> {
  const clock = manualClock();
  catcher ??= await startWebhookCatcher();
  emulator = await startTwilioEmulator({ accountSid, authToken, clock, seed: 'test', ...options });
  return { emulator, catcher, clock };
}

async function call(
  method: 'GET' | 'POST',
  resource: string,
  parameters: Record<string, string> = {},
  token = authToken,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const query = new URLSearchParams(parameters).toString();
  const url = `${emulator!.url}/2010-04-01/Accounts/${accountSid}/${resource}`;
  const response = await fetch(method === 'GET' ? `${url}?${query}` : url, {
    method,
    headers: {
      Authorization: `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    ...(method === 'POST' ? { body: query } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const sms = (extra: Record<string, string> = {}): Record<string, string> => ({
  To: '+12025550142',
  From: from,
  Body: 'hello',
  ...extra,
});

describe('requests', () => {
  it.each([
    ['no parameter beyond the official document passes', sms({ Bodyy: 'x' }), 400, 20001],
    ['a parameter of the wrong form is refused', sms({ StatusCallback: 'not a url' }), 400, 20001],
    ['a known parameter that is not played is refused', sms({ MaxPrice: '1' }), 400, 20001],
    ['a period above ten hours is refused', sms({ ValidityPeriod: '36001' }), 400, 20001],
    ['a number that is none is refused', sms({ To: '12025550142' }), 400, 21211],
    ['an empty message is refused', sms({ Body: '' }), 400, 21602],
    ['a message without a sender is refused', { To: '+12025550142', Body: 'x' }, 400, 21603],
    ['a message of 1,601 characters is refused', sms({ Body: 'x'.repeat(1_601) }), 400, 21617],
    ['somebody who opted out is refused', sms({ To: '+15005550004' }), 400, 21610],
  ])('%s', async (_, parameters, status, code) => {
    await start();
    const answer = await call('POST', 'Messages.json', parameters);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(emulator!.messages()).toEqual([]);
  });

  it('a wrong token is refused', async () => {
    await start();
    expect(await call('POST', 'Messages.json', sms(), 'wrong')).toMatchObject({
      status: 401,
      body: { code: 20003 },
    });
  });

  it('what it answers fits the official document', async () => {
    const { clock } = await start();
    const check = loadOpenapiCheck();
    const message = await call('POST', 'Messages.json', sms());
    const placed = await call('POST', 'Calls.json', { To: '+12025550142', From: from, Twiml: '<Response/>' });
    await clock.advanceBy(hourMs);
    const later = await call('GET', `Calls/${String(placed.body['sid'])}.json`);
    expect([message.status, placed.status, later.status]).toEqual([201, 201, 200]);
    expect(check.resource('message', message.body)).toBeUndefined();
    expect(check.resource('call', placed.body)).toBeUndefined();
    expect(check.resource('call', later.body)).toBeUndefined();
    expect(check.resource('call', { ...later.body, status: 'gone' })).toContain('status');
  });
});

describe('messages', () => {
  it('goes from queued over sent to delivered, and signs each callback', async () => {
    const { clock, catcher } = await start();
    const url = `${catcher.url}/status?contactId=c-1&debtorId=d-1`;
    const { body } = await call('POST', 'Messages.json', sms({ StatusCallback: url }));
    expect(body['status']).toBe('queued');
    await clock.advanceBy(hourMs);
    expect(catcher.caught.map(({ form }) => form.get('MessageStatus'))).toEqual(['sent', 'delivered']);
    expect(catcher.caught.map((request) => isSignedByTwilio(request, authToken))).toEqual([true, true]);
    expect(catcher.caught.map((request) => isSignedByTwilio(request, 'another token'))).toEqual([
      false,
      false,
    ]);
    expect((await call('GET', `Messages/${String(body['sid'])}.json`)).body).toMatchObject({
      status: 'delivered',
      error_code: null,
    });
  });

  it('reports a handset that cannot be reached', async () => {
    const { clock, catcher } = await start();
    await call('POST', 'Messages.json', sms({ To: '+15005550103', StatusCallback: catcher.url }));
    await clock.advanceBy(hourMs);
    expect(catcher.caught.at(-1)?.form.get('ErrorCode')).toBe('30003');
  });

  it('drops a message whose validity period ends in the queue', async () => {
    const { clock, catcher } = await start();
    await call(
      'POST',
      'Messages.json',
      sms({ To: '+15005550136', ValidityPeriod: '600', StatusCallback: catcher.url }),
    );
    await clock.advanceBy(20 * hourMs);
    expect(emulator!.messages()[0]).toMatchObject({ status: 'failed', errorCode: 30036 });
    expect(catcher.caught.map(({ form }) => form.get('MessageStatus'))).toEqual(['failed']);
  });

  it('hands on no more a second than the account may', async () => {
    const { clock } = await start({ messagesPerSecond: 2 });
    for (let count = 0; count < 5; count += 1) await call('POST', 'Messages.json', sms());
    await clock.advanceBy(hourMs);
    const sentAt = emulator!.messages().map((message) => message.sentAt! - message.createdAt);
    expect(sentAt).toEqual([500, 1_000, 1_500, 2_000, 2_500]);
  });

  it('repeats a failed callback once within 15 s and never again', async () => {
    const { clock, catcher } = await start();
    catcher.answer = () => 500;
    await call('POST', 'Messages.json', sms({ To: '+15005550199', StatusCallback: catcher.url }));
    await clock.advanceBy(500 + 15_000);
    expect(catcher.caught).toHaveLength(2);
    await clock.advanceBy(24 * hourMs);
    expect(catcher.caught).toHaveLength(2);
    expect(emulator!.callbacks).toEqual({ answered: 0, lost: 1 });
  });

  it('lists by recipient and day, newest first, in pages', async () => {
    const { clock } = await start();
    for (let count = 0; count < 3; count += 1) {
      await call('POST', 'Messages.json', sms({ Body: `n${count}` }));
      await clock.advanceBy(24 * hourMs);
    }
    await call('POST', 'Messages.json', sms({ To: '+12025550199' }));
    const bodies = async (query: Record<string, string>): Promise<unknown[]> => {
      const { body } = await call('GET', 'Messages.json', { To: '+12025550142', ...query });
      return (body['messages'] as { body: string }[]).map((message) => message.body);
    };
    expect(await bodies({})).toEqual(['n2', 'n1', 'n0']);
    expect(await bodies({ PageSize: '2', Page: '1' })).toEqual(['n0']);
    expect(await bodies({ DateSent: '2026-11-03' })).toEqual(['n1']);
    expect(await bodies({ 'DateSent>': '2026-11-03' })).toEqual(['n2', 'n1']);
    expect(await bodies({ 'DateSent<': '2026-11-03' })).toEqual(['n1', 'n0']);
  });
});

describe('inbound messages', () => {
  it('are posted signed, and the replies in the answer are sent', async () => {
    const { catcher } = await start();
    catcher.answer = () => '<Response><Message>Thank you</Message></Response>';
    await emulator!.receiveSms(
      { from: '+12025550142', to: from, body: 'will pay & soon' },
      { url: `${catcher.url}/message` },
    );
    expect(catcher.caught[0]?.form.get('Body')).toBe('will pay & soon');
    expect(isSignedByTwilio(catcher.caught[0]!, authToken)).toBe(true);
    expect(emulator!.messages().map(({ direction, body }) => [direction, body])).toEqual([
      ['inbound', 'will pay & soon'],
      ['outbound-reply', 'Thank you'],
    ]);
  });

  it('STOP ends later messages with 21610 until START', async () => {
    const { catcher } = await start();
    await emulator!.receiveSms({ from: '+12025550142', to: from, body: ' stop ' }, { url: catcher.url });
    expect((await call('POST', 'Messages.json', sms())).body['code']).toBe(21610);
    await emulator!.receiveSms({ from: '+12025550142', to: from, body: 'START' }, { url: catcher.url });
    expect((await call('POST', 'Messages.json', sms())).status).toBe(201);
  });
});

describe('faults', () => {
  it('takes a message although its answer is cut or never comes, and takes none when it refuses', async () => {
    await start();
    emulator!.setFaults(() => ({ kind: 'cut' }));
    await expect(call('POST', 'Messages.json', sms())).rejects.toThrow();
    expect(emulator!.messages()).toHaveLength(1);
    emulator!.setFaults(() => ({ kind: 'refuse', status: 429 }));
    expect(await call('POST', 'Messages.json', sms())).toMatchObject({ status: 429, body: { code: 20429 } });
    emulator!.setFaults(() => ({ kind: 'refuse', status: 503 }));
    expect((await call('POST', 'Messages.json', sms())).status).toBe(503);
    expect(emulator!.messages()).toHaveLength(1);
    emulator!.setFaults(undefined);
    expect((await call('POST', 'Messages.json', sms())).status).toBe(201);
  });
});

describe('restart', () => {
  it('remembers what it took and goes on where it was', async () => {
    const journalPath = join(mkdtempSync(join(tmpdir(), 'dunwell-twilio-')), 'twilio.ndjson');
    const first = await start({ journalPath });
    await call('POST', 'Messages.json', sms({ StatusCallback: first.catcher.url }));
    await call('POST', 'Calls.json', {
      To: '+12025550142',
      From: from,
      Twiml: '<Response><Say>hello</Say></Response>',
    });
    await first.clock.advanceBy(1_000);
    await emulator!.stop();
    const second = await start({ journalPath });
    expect(emulator!.messages().map((message) => message.status)).toEqual(['sent']);
    await second.clock.advanceBy(hourMs);
    expect(emulator!.messages().map((message) => message.status)).toEqual(['delivered']);
    expect(emulator!.calls().map((one) => [one.status, one.transcript.length])).toEqual([['completed', 1]]);
    const { body } = await call('POST', 'Messages.json', sms());
    expect(body['sid']).not.toBe(emulator!.messages()[0]!.sid);
  });
});
