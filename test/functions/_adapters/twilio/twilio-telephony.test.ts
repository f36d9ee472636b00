import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readCallStatus, readMessageStatus } from '#functions/_adapters/twilio/status-callback.ts';
import { twilioCallPlacer } from '#functions/_adapters/twilio/twilio-call-placer.ts';
import { createTwilioHttp, type TwilioHttp } from '#functions/_adapters/twilio/twilio-http.ts';
import { isSignedByTwilio } from '#functions/_adapters/twilio/twilio-signature.ts';
import { twilioSmsSender } from '#functions/_adapters/twilio/twilio-sms-sender.ts';
import { readVoiceRequest } from '#functions/_adapters/twilio/voice-request.ts';
import { toTwiml } from '#functions/_adapters/twilio/voice-twiml.ts';
import { callStatusPath, messageStatusPath, voicePath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { startTwilioEmulator, type Faults } from '#infra/local/twilio/emulator.ts';
import { close, listen } from '#infra/local/twilio/listen.ts';
import { contactIdIn } from '#infra/local/twilio/world.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { Trouble } from '#test/fakes/fake-telephony.ts';
import { deadUrl } from '#test/infra/local/dead-url.ts';
import { manualClock } from '#test/infra/local/manual-clock.ts';
import { startWebhookCatcher, type CaughtRequest } from '#test/infra/local/webhook-catcher.ts';
import { telephonySuite, type TelephonyUnderTest } from '#test/suites/telephony.suite.ts';

const accountSid = `AC${'0'.repeat(31)}1`;
const authToken = 'token-of-the-test';

const faultOf: Readonly<Record<Exclude<Trouble, 'unreachable'>, ReturnType<Faults>>> = {
  throttled: { kind: 'refuse', status: 429 },
  server_error: { kind: 'refuse', status: 500 },
  answer_lost: { kind: 'no_answer' },
  connection_cut: { kind: 'cut' },
};

let stops: (() => Promise<void>)[] = [];
const stopAll = async (): Promise<void> => {
  for (const stop of stops) await stop();
  stops = [];
};

function unrecognised(word: { field: string; value: string }): never {
  throw new Error(`unrecognised ${word.field}: ${word.value}`);
}

async function createTelephony(): Promise<TelephonyUnderTest> {
  const manual = manualClock();
  const clock = { now: () => toInstant(manual.now()) };
  const emulator = await startTwilioEmulator({ accountSid, authToken, clock: manual, seed: 'suite' });
  const catcher = await startWebhookCatcher();
  stops.push(
    () => emulator.stop(),
    () => catcher.stop(),
  );
  const receipts: Receipt[] = [];
  catcher.answer = (request) => receive(request, clock.now(), receipts);
  const http = (baseUrl: string): TwilioHttp =>
    createTwilioHttp({
      baseUrl,
      accountSid,
      authToken: () => Promise.resolve(authToken),
      clock,
      timeoutMs: 300,
    });
  const up = http(emulator.url);
  const down = http(await deadUrl());
  let current = up;
  const switched: TwilioHttp = {
    get: (...asked) => current.get(...asked),
    post: (...asked) => current.post(...asked),
  };
  const options = { http: switched, clock, publicUrl: catcher.url, onUnrecognised: unrecognised };
  return {
    sms: twilioSmsSender(options),
    calls: twilioCallPlacer(options),
    now: clock.now,
    pass: (durationMs) => manual.advanceBy(durationMs),
    taken: () =>
      [...emulator.messages(), ...emulator.calls()].map((record) => contactIdIn(record.statusCallback)),
    receipts: () => receipts,
    trouble(kind) {
      current = kind === 'unreachable' ? down : up;
      emulator.setFaults(kind === undefined || kind === 'unreachable' ? undefined : () => faultOf[kind]);
      return Promise.resolve();
    },
  };
}

/** What `receive-twilio` does, without the store. */
function receive(
  request: CaughtRequest,
  receivedAt: ReturnType<typeof toInstant>,
  receipts: Receipt[],
): string | number {
  if (!isSignedByTwilio(request, authToken)) return 403;
  const webhook = { ...request, receivedAt };
  if (request.path === voicePath) {
    const moment = readVoiceRequest(webhook, unrecognised)!;
    return toTwiml(
      {
        locale: 'en',
        steps: [{ kind: 'say', text: `${moment.answeredBy} ${moment.contactId}` }, { kind: 'hangup' }],
      },
      () => '/next',
    );
  }
  const readers: Readonly<Record<string, typeof readCallStatus>> = {
    [messageStatusPath]: readMessageStatus,
    [callStatusPath]: readCallStatus,
  };
  const receipt = readers[request.path]!(webhook, unrecognised);
  if (receipt !== undefined) receipts.push(receipt);
  return 204;
}

telephonySuite('Twilio, by its emulator', () => Promise.resolve({ createTelephony, stop: stopAll }));

describe('TwilioHttp', () => {
  afterEach(stopAll);

  /** A server that answers `/slow` late, and a client whose clock a test moves. */
  async function start(): Promise<{
    http: TwilioHttp;
    sockets: Set<unknown>;
    sleep: (durationMs: number) => void;
  }> {
    const sockets = new Set<unknown>();
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      if (request.url?.includes('slow') === true) setTimeout(() => response.end('{}'), 100);
      else response.end('{}');
    });
    const baseUrl = await listen(server);
    stops.push(() => close(server));
    let now = 0;
    const clock = { now: () => toInstant(now) };
    const http = createTwilioHttp({
      baseUrl,
      accountSid,
      authToken: () => Promise.resolve(authToken),
      clock,
      timeoutMs: 1_000,
    });
    return { http, sockets, sleep: (durationMs) => (now += durationMs) };
  }

  it('keeps its connection, but does not trust one that rested while the function slept', async () => {
    const { http, sockets, sleep } = await start();
    await http.get('Messages.json', new URLSearchParams());
    await http.get('Messages.json', new URLSearchParams());
    expect(sockets.size).toBe(1);
    sleep(60_000);
    await http.get('Messages.json', new URLSearchParams());
    expect(sockets.size).toBe(2);
  });

  it('cuts no request that is still waiting for its answer', async () => {
    const { http, sleep } = await start();
    const slow = http.post('slow.json', new URLSearchParams());
    sleep(60_000);
    await http.get('Messages.json', new URLSearchParams());
    expect(await slow).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('sends nothing when the token cannot be read', async () => {
    const http = createTwilioHttp({
      baseUrl: await deadUrl(),
      accountSid,
      authToken: () => Promise.reject(new Error('no secret')),
      clock: { now: () => toInstant(0) },
      timeoutMs: 1_000,
    });
    expect(await http.post('Messages.json', new URLSearchParams())).toEqual({
      kind: 'not_sent',
      reason: 'token_unreadable',
    });
  });
});
