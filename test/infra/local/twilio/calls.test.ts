import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, describe, expect, it } from 'vitest';
import { isSignedByTwilio } from '#functions/_adapters/twilio/twilio-signature.ts';
import { startTwilioEmulator, type TwilioEmulator } from '#infra/local/twilio/emulator.ts';
import { magicPeople, type CallOutcome, type People } from '#infra/local/twilio/people.ts';
import type { CallRecord } from '#infra/local/twilio/records.ts';
import { manualClock, type ManualClock } from '#test/infra/local/manual-clock.ts';
import { startWebhookCatcher, type Answer, type WebhookCatcher } from '#test/infra/local/webhook-catcher.ts';

const accountSid = `AC${'0'.repeat(31)}1`;
const authToken = 'token-of-the-test';
const hourMs = 3_600_000;

let emulator: TwilioEmulator;
let catcher: WebhookCatcher;
let clock: ManualClock;

afterEach(async () => {
  await emulator.stop();
  await catcher.stop();
});

function personWho(outcome: CallOutcome): People {
  return { ...magicPeople, call: () => outcome };
}

async function start(people: People, answer: Answer, callsPerSecond?: number): Promise<void> {
  clock = manualClock();
  catcher = await startWebhookCatcher();
  catcher.answer = (request) =>
    request.path === '/status' || request.path === '/amd' ? 204 : answer(request);
  emulator = await startTwilioEmulator({
    accountSid,
    authToken,
    clock,
    seed: 'test',
    people,
    ...(callsPerSecond === undefined ? {} : { callsPerSecond }),
  });
}

async function post(
  resource: string,
  form: Record<string, string>,
  events: readonly string[] = [],
): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = new URLSearchParams(form);
  for (const event of events) body.append('StatusCallbackEvent', event);
  const response = await fetch(`${emulator.url}/2010-04-01/Accounts/${accountSid}/${resource}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function place(
  extra: Record<string, string> = {},
  events: readonly string[] = [],
): Promise<CallRecord> {
  const { status } = await post(
    'Calls.json',
    {
      To: '+12025550142',
      From: '+15005550006',
      Url: `${catcher.url}/voice?contactId=c-1`,
      StatusCallback: `${catcher.url}/status?contactId=c-1`,
      ...extra,
    },
    events,
  );
  expect(status).toBe(201);
  await clock.advanceBy(hourMs);
  return emulator.calls()[0]!;
}

const spoken = (call: CallRecord): string[] => call.transcript.map(({ who, text }) => `${who}: ${text}`);
const statuses = (): (string | null)[] =>
  catcher.caught.filter(({ path }) => path === '/status').map(({ form }) => form.get('CallStatus'));

describe('a call that a person answers', () => {
  const script: Answer = ({ form }) =>
    form.get('Digits') === '1'
      ? '<Response><Say>This is Example Bank.</Say><Hangup/><Say>never said</Say></Response>'
      : '<Response><Gather numDigits="1" timeout="7"><Say>Press 1,\n  please.</Say></Gather><Say>Goodbye.</Say></Response>';

  it('plays the script by the keys that are pressed, and signs each request', async () => {
    await start(personWho({ kind: 'human', ringMs: 4_000, gathers: [{ digits: '123' }] }), script);
    const call = await place({}, ['initiated', 'ringing', 'answered', 'completed']);
    expect(spoken(call)).toEqual([
      'script: Press 1, please.',
      'callee: [presses 1]',
      'script: This is Example Bank.',
    ]);
    expect(statuses()).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    expect(catcher.caught.every((request) => isSignedByTwilio(request, authToken))).toBe(true);
    expect(
      catcher.caught.filter(({ path }) => path === '/voice').map(({ query }) => query.get('contactId')),
    ).toEqual(['c-1', 'c-1']);
    expect(emulator.problems).toEqual([]);
  });

  it('goes on after the prompt when no key is pressed', async () => {
    await start(personWho({ kind: 'human', ringMs: 4_000, gathers: [] }), script);
    expect(spoken(await place())).toEqual(['script: Press 1, please.', 'script: Goodbye.']);
    expect(statuses()).toEqual(['completed']);
  });

  it('takes speech, redirects by GET, and plays files and pauses', async () => {
    await start(
      personWho({ kind: 'human', ringMs: 4_000, gathers: [{ speech: 'on Friday' }] }),
      ({ path, form, query }) => {
        if (path === '/next')
          return `<Response><Say>${query.get('CallStatus') ?? ''} &amp; done</Say></Response>`;
        return form.get('SpeechResult') === null
          ? '<Response><Play>https://example.com/a.mp3</Play><Pause length="2"/><Gather input="dtmf speech" action="/heard"><Say>When?</Say></Gather></Response>'
          : '<Response><Redirect method="GET">/next?a=b</Redirect></Response>';
      },
    );
    expect(spoken(await place())).toEqual([
      'script: [plays https://example.com/a.mp3]',
      'script: When?',
      'callee: on Friday',
      'script: in-progress & done',
    ]);
    const get = catcher.caught.find(({ path }) => path === '/next')!;
    expect(twilioWebhooks.validateRequest(authToken, get.signature, get.url, {})).toBe(true);
  });

  it('ends when the person hangs up', async () => {
    await start(
      personWho({ kind: 'human', ringMs: 4_000, gathers: [], hangUpAfterMs: 5_000 }),
      () => '<Response><Pause length="600"/><Say>too late</Say></Response>',
    );
    const call = await place();
    expect(spoken(call)).toEqual([]);
    expect(call.endedAt! - call.answeredAt!).toBe(5_000);
  });

  it('can be ended from our side, once', async () => {
    await start(
      personWho({ kind: 'human', ringMs: 1_000, gathers: [] }),
      () => '<Response><Pause length="600"/></Response>',
    );
    const { body } = await post('Calls.json', {
      To: '+12025550142',
      From: '+15005550006',
      Url: `${catcher.url}/voice`,
    });
    await clock.advanceBy(10_000);
    expect(await post(`Calls/${String(body['sid'])}.json`, { Status: 'completed' })).toMatchObject({
      status: 200,
      body: { status: 'completed', duration: '8' },
    });
    expect(await post(`Calls/${String(body['sid'])}.json`, { Status: 'completed' })).toMatchObject({
      status: 400,
      body: { code: 21220 },
    });
  });
});

describe('answering-machine detection', () => {
  const sayWho: Answer = ({ form }) =>
    `<Response><Say>${form.get('AnsweredBy') ?? 'nobody asked'}</Say></Response>`;
  const machine = { kind: 'machine', ringMs: 4_000, greetingMs: 9_000, beep: true } as const;

  const person: CallOutcome = { kind: 'human', ringMs: 4_000, gathers: [] };
  it.each<[string, { outcome: CallOutcome; mode: string; answeredBy: string; afterMs: number }]>([
    [
      'waits for the beep',
      { outcome: machine, mode: 'DetectMessageEnd', answeredBy: 'machine_end_beep', afterMs: 9_000 },
    ],
    [
      'waits for silence',
      {
        outcome: { ...machine, beep: false },
        mode: 'DetectMessageEnd',
        answeredBy: 'machine_end_silence',
        afterMs: 9_000,
      },
    ],
    [
      'tells a machine early',
      { outcome: machine, mode: 'Enable', answeredBy: 'machine_start', afterMs: 3_500 },
    ],
    [
      'tells a person early',
      { outcome: person, mode: 'DetectMessageEnd', answeredBy: 'human', afterMs: 3_500 },
    ],
  ])('%s', async (_, { outcome, mode, answeredBy, afterMs }) => {
    await start(personWho(outcome), sayWho);
    const call = await place({ MachineDetection: mode });
    expect(spoken(call)).toEqual([`script: ${answeredBy}`]);
    expect(call.transcript[0]!.at - call.answeredAt!).toBe(afterMs);
    expect(catcher.caught.at(-1)?.form.get('AnsweredBy')).toBe(answeredBy);
  });

  it('is not done when the call does not ask for it', async () => {
    await start(personWho(machine), sayWho);
    expect(spoken(await place())).toEqual(['script: nobody asked']);
  });

  it('runs beside the call when that is asked for', async () => {
    await start(
      personWho(machine),
      ({ form }) =>
        `<Response><Say>${form.get('AnsweredBy') ?? 'nobody yet'}</Say><Pause length="30"/></Response>`,
    );
    const call = await place({
      MachineDetection: 'Enable',
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: `${catcher.url}/amd`,
    });
    expect(spoken(call)).toEqual(['script: nobody yet']);
    const amd = catcher.caught.filter(({ path }) => path === '/amd');
    expect(amd.map(({ form }) => form.get('AnsweredBy'))).toEqual(['machine_start']);
  });
});

describe('a call that nobody answers', () => {
  it.each<[string, CallOutcome, string]>([
    ['rings until its time is over', { kind: 'no_answer' }, 'no-answer'],
    ['is not answered in time', { kind: 'human', ringMs: 50_000, gathers: [] }, 'no-answer'],
    ['meets a busy line', { kind: 'busy', ringMs: 2_000 }, 'busy'],
    ['cannot be put through', { kind: 'failed', ringMs: 2_000, sipResponseCode: 404 }, 'failed'],
  ])('%s', async (_, outcome, status) => {
    await start(personWho(outcome), () => '<Response/>');
    const call = await place({ Timeout: '40' });
    expect([call.status, call.transcript, statuses()]).toEqual([status, [], [status]]);
    expect(catcher.caught[0]?.form.get('CallDuration')).toBe('0');
  });
});

describe('a script with a fault', () => {
  const apology = 'system: We are sorry, an application error has occurred. Goodbye.';
  it.each([
    ['a verb that is not played', '<Response><Record/></Response>', /12200 <Record>/],
    [
      'a verb that <Gather> cannot hold',
      '<Response><Gather><Dial>1</Dial></Gather></Response>',
      /12200 <Dial>/,
    ],
    ['broken XML', '<Response><Say>a & b</Say></Response>', /12100/],
    ['another root', '<Answer/>', /12100/],
    ['an answer that is an error', 500, /11200.*answered 500/],
    ['a circle', '<Response><Redirect>/voice</Redirect></Response>', /11200.*circles/],
  ])('ends the call as Twilio does and says what is wrong: %s', async (_, answer, problem) => {
    await start(personWho({ kind: 'human', ringMs: 1_000, gathers: [] }), () => answer);
    const call = await place();
    expect(spoken(call)).toEqual([apology]);
    expect(call.problem).toMatch(problem);
    expect(emulator.problems).toHaveLength(1);
    expect(statuses()).toEqual(['completed']);
  });
});

it('dials no more a second than the account may', async () => {
  await start(personWho({ kind: 'busy', ringMs: 0 }), () => '<Response/>', 1);
  for (let count = 0; count < 4; count += 1)
    await post('Calls.json', { To: '+12025550142', From: '+15005550006', Url: catcher.url });
  await clock.advanceBy(hourMs);
  expect(emulator.calls().map((call) => call.startedAt! - call.createdAt)).toEqual([
    500, 1_500, 2_500, 3_500,
  ]);
});
