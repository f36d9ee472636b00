import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/receive-twilio/handler.ts';
import { parseTwiml } from '#infra/local/twilio/twiml.ts';
import {
  ours,
  received,
  receiving,
  replyingRules,
  otherPhone,
  sharedPhone,
} from '#test/builders/receiving.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '../events.ts';

const publicUrl = 'https://hooks.example.com';
const token = 'token-of-the-test';
const path = '/twilio/sms';
const rules = await replyingRules();

type Form = Readonly<Record<string, string>>;
let count = 0;

/** A text message as Twilio posts it. */
function formOf(Body: string, changes: Form = {}): Form {
  count += 1;
  const MessageSid = `SM${count.toString(16).padStart(32, '0')}`;
  const AccountSid = `AC${'0'.repeat(32)}`;
  return { AccountSid, MessageSid, From: sharedPhone, To: ours, Body, NumMedia: '0', ...changes };
}

function signed(form: Form, signature?: string) {
  const right = twilioWebhooks.getExpectedTwilioSignature(token, `${publicUrl}${path}`, { ...form });
  return httpRequest({
    ...{ routeKey: `POST ${path}`, rawPath: path, rawQueryString: '' },
    headers: { 'x-twilio-signature': signature ?? right },
    body: new URLSearchParams(form).toString(),
  });
}

async function door(people: Parameters<typeof receiving>[1] = { P4711: { phone: sharedPhone } }) {
  const here = await receiving(rules, people);
  const telemetry = createFakeTelemetry();
  const handle = createHandler({
    ...here.parts,
    clock: createFakeClock(received),
    authToken: () => Promise.resolve(token),
    publicUrl,
    telemetry,
  });
  return { ...here, telemetry, handle, receive: (form: Form) => handle(signed(form)) };
}

const empty = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';
const stranger = `<?xml version="1.0" encoding="UTF-8"?><Response><Message>reply-stranger of Demo Bank</Message></Response>`;

describe('a text message at the door', () => {
  it('is taken in for whom it is from, and answered by no document', async () => {
    const { receive, load, telemetry } = await door();
    const form = formOf('I will pay 50 on Friday');
    expect(await receive(form)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: empty,
    });
    expect(await load('P4711')).toMatchObject({
      inbound: [{ inboundId: `sms:${form['MessageSid']!}`, text: 'I will pay 50 on Friday', at: received }],
      promises: [{ amount: 50, dueDate: '2026-03-13' }],
    });
    expect(telemetry.counts).toEqual({ sms_taken: 1 });
  });

  it('gets the same answer when it comes again, and changes nothing', async () => {
    const { receive, stored, telemetry } = await door();
    const form = formOf('please stop texting me');
    const first = await receive(form);
    const before = await stored();
    expect(await receive(form)).toEqual(first);
    expect(await stored()).toBe(before);
    expect(telemetry.counts).toEqual({ sms_taken: 1, sms_repeated: 1 });
  });

  it('answers a stranger directly, the same again for the same message', async () => {
    const { receive } = await door({ P4711: { phone: otherPhone } });
    const form = formOf('hello?');
    expect((await receive(form)).body).toBe(stranger);
    expect((await receive(form)).body).toBe(stranger);
  });

  it.each([
    ['STOP', {}, 'optout', undefined],
    ['stop ', {}, 'optout', undefined],
    ['REVOKE', {}, 'optout', undefined],
    ['OPTOUT', {}, 'optout', undefined],
    ['BAJA', { OptOutType: 'STOP' }, 'optout', undefined],
    ['退订', {}, 'optout', 'reply-stopped'],
    ['please stop texting me', {}, 'optout', 'reply-stopped'],
  ])('ends texts by %j %j, and confirms what Twilio does not', async (body, more, level, answer) => {
    const { receive, load } = await door();
    expect((await receive(formOf(body, more))).body).toBe(empty);
    const { consents, inbound } = await load('P4711');
    expect(consents).toMatchObject([{ channel: 'sms', level }]);
    expect(inbound[0]?.answer?.text).toBe(answer);
  });

  it.each([
    ['HELP', {}, undefined],
    ['INFO', {}, undefined],
    ['who is this?', {}, 'reply-help'],
    ['who is this?', { OptOutType: 'HELP' }, undefined],
  ])('leaves %j %j to Twilio where Twilio has answered it', async (body, more, answer) => {
    const { receive, load } = await door();
    await receive(formOf(body, more));
    expect((await load('P4711')).inbound[0]?.answer?.text).toBe(answer);
  });

  it('counts a kind of keyword that it does not know, and goes by the words', async () => {
    const { receive, load, telemetry } = await door();
    await receive(formOf('STOP', { OptOutType: 'PAUSE' }));
    expect((await load('P4711')).consents).toMatchObject([{ level: 'optout' }]);
    expect(telemetry.counts).toEqual({ unrecognised: 1, sms_taken: 1 });
  });

  it('says that it does not understand a picture alone', async () => {
    const { receive, load } = await door();
    await receive(formOf('', { NumMedia: '1', MessageSid: `MM${'a'.repeat(32)}` }));
    expect((await load('P4711')).inbound).toMatchObject([{ answer: { text: 'reply-not-understood' } }]);
  });

  it.each([
    ['a short code', { From: '12345' }],
    ['another network', { From: `whatsapp:${sharedPhone}` }],
    ['nobody', { From: '+' }],
    ['a message without an id of Twilio’s', { MessageSid: 'SM1#x' }],
  ])('answers %s with nothing, and counts it', async (_, changes) => {
    const { receive, stored, telemetry } = await door();
    const before = await stored();
    expect(await receive(formOf('STOP', changes))).toMatchObject({ statusCode: 200, body: empty });
    expect(await stored()).toBe(before);
    expect(telemetry.counts).toEqual({ unrecognised: 1, sms_unusable: 1 });
  });

  it('tells a log neither a number nor a word of it', async () => {
    const { receive, telemetry } = await door();
    await receive(formOf('my secret', { From: `whatsapp:${sharedPhone}` }));
    const logged = JSON.stringify(telemetry);
    expect(logged).not.toContain(sharedPhone);
    expect(logged).not.toContain('my secret');
  });

  it('refuses a signature that is not Twilio’s, and learns nothing', async () => {
    const { handle, stored, telemetry } = await door();
    const before = await stored();
    const wrong = signed(formOf('STOP'), 'MDEyMzQ1Njc4OTAxMjM0NTY3ODk=');
    expect(await handle(wrong)).toEqual({ statusCode: 403 });
    expect(await stored()).toBe(before);
    expect(telemetry.counts).toEqual({ signature_refused: 1 });
  });

  it.each(['From', 'To', 'MessageSid', 'Body', 'NumMedia'])(
    'refuses one in which %s has vanished into its own name',
    async (name) => {
      const { handle, stored } = await door();
      const before = await stored();
      const form = formOf('STOP');
      const request = signed(form);
      const body = request.body!.replace(new RegExp(`(?<=^|&)${name}=([^&]*)`), `${name}$1=`);
      expect(await handle({ ...request, body })).toEqual({ statusCode: 403 });
      expect(await stored()).toBe(before);
    },
  );

  it('answers whatever is signed with a document, and keeps no more than is read', async () => {
    const { receive, load } = await door();
    const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 3_000 }));
    const forms = fc.record(
      { Body: words, OptOutType: words, NumMedia: words, From: words, To: words, FromCity: words },
      { requiredKeys: ['Body'] },
    );
    await fc.assert(
      fc.asyncProperty(forms, async ({ Body, ...more }) => {
        const given = Object.entries(more).filter(([name, value]) => value !== '' || name === 'NumMedia');
        const { statusCode, body } = await receive(formOf(Body, Object.fromEntries(given)));
        expect(statusCode).toBe(200);
        expect(parseTwiml(body!).every(({ name }) => name === 'Message')).toBe(true);
      }),
      { numRuns: 150 },
    );
    const { inbound } = await load('P4711');
    expect(inbound.every(({ text }) => text.length <= 1_600)).toBe(true);
  });
});
