import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/receive-twilio/handler.ts';
import { callRules } from '#test/builders/calls.ts';
import { rules } from '#test/builders/rules.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { at } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';
import { world } from '#test/builders/world.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { httpRequest } from '../events.ts';

const publicUrl = 'https://hooks.example.com';
const token = 'token-of-the-test';
const about = 'contactId=c-1&debtorId=P1';
const phone = '+12025550123';

type Form = Readonly<Record<string, string>>;

/** A webhook as Twilio sends it, signed by the function that Twilio's own package has for it. */
function webhook(
  path: string,
  words: Form,
  changes: { signature?: string; query?: string; body?: string; about?: string } = {},
) {
  const form = { AccountSid: `AC${'0'.repeat(32)}`, ...words };
  const signed = twilioWebhooks.getExpectedTwilioSignature(
    token,
    `${publicUrl}${path}?${changes.about ?? about}`,
    {
      ...form,
    },
  );
  return httpRequest({
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: changes.query ?? changes.about ?? about,
    headers: { 'x-twilio-signature': changes.signature ?? signed },
    body: changes.body ?? new URLSearchParams(form).toString(),
  });
}

async function receiver(channel: 'sms' | 'call') {
  const here = await world({ now: at('2026-03-10T12:00:00Z'), rules: rules({ calls: callRules }) });
  const person = await here.load();
  const reserved = entry({ channel, destination: phone, template: 'notice' });
  await here.store.reserve(person.version, {
    entry: reserved,
    next: null,
    evidence: evidenceFor(reserved),
  });
  const telemetry = createFakeTelemetry();
  let compiled = 0;
  const handle = createHandler({
    ...here.parts,
    rules: {
      current: () => {
        compiled += 1;
        return Promise.resolve(here.rules);
      },
    },
    authToken: () => Promise.resolve(token),
    publicUrl,
    telemetry,
  });
  return { handle, telemetry, load: here.load, compiled: () => compiled };
}

const delivered = { MessageSid: 'SM1', MessageStatus: 'delivered' };
const statusPath = '/twilio/message-status';

describe("Twilio's webhooks", () => {
  it('moves a message forward by its status, without loading any rules', async () => {
    const { handle, load, telemetry, compiled } = await receiver('sms');
    expect(await handle(webhook(statusPath, delivered))).toEqual({ statusCode: 204 });
    expect((await load()).attempts).toMatchObject([{ state: 'delivered', providerId: 'SM1' }]);
    expect(telemetry.counts).toEqual({ receipt_recorded: 1 });
    expect(compiled()).toBe(0);
  });

  it('answers the same receipt again in the same way, to no effect', async () => {
    const { handle, load, telemetry } = await receiver('sms');
    await handle(webhook(statusPath, delivered));
    const before = await load();
    expect(await handle(webhook(statusPath, delivered))).toEqual({ statusCode: 204 });
    expect(await load()).toEqual(before);
    expect(telemetry.counts).toEqual({ receipt_recorded: 1, receipt_stale: 1 });
  });

  it('ends a number that Twilio says does not exist', async () => {
    const { handle, load } = await receiver('sms');
    await handle(
      webhook(statusPath, { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' }),
    );
    expect((await load()).endedDestinations).toMatchObject([
      { channel: 'sms', value: phone, reason: 'dead_number' },
    ]);
  });

  it('moves a call forward by its status', async () => {
    const { handle, load } = await receiver('call');
    await handle(webhook('/twilio/call-status', { CallSid: 'CA1', CallStatus: 'no-answer' }));
    expect((await load()).attempts).toMatchObject([{ state: 'no_answer', providerId: 'CA1' }]);
  });

  it('tells a machine only to call back, and asks a person who they are', async () => {
    const { handle, telemetry } = await receiver('call');
    const machine = await handle(
      webhook('/twilio/voice', { CallSid: 'CA1', AnsweredBy: 'machine_end_beep' }),
    );
    const person = await handle(webhook('/twilio/voice', { CallSid: 'CA1', AnsweredBy: 'human' }));
    expect(machine.headers).toEqual({ 'content-type': 'text/xml; charset=utf-8' });
    expect(machine.body).toContain('Please call');
    expect(person.body).toMatch(
      /<Gather[^>]*contactId=c-1&amp;debtorId=P1&amp;at=greeting[^>]*>.*Press any key/,
    );
    expect(`${machine.body!}${person.body!}`).not.toContain('is due');
    expect(telemetry.counts).toEqual({ voice_machine: 1, voice_human: 1 });
  });

  it('goes on with the call by where it stands', async () => {
    const { handle, load } = await receiver('call');
    const state = `${about}&at=greeting&turn=0&again=0`;
    const answer = await handle(webhook('/twilio/voice', { CallSid: 'CA1', Digits: '1' }, { about: state }));
    expect(answer.body).toMatch(/<Say[^>]*>identity_impossible</);
    expect((await load()).attempts).toMatchObject([{ state: 'conversation' }]);
  });

  it('knows nothing of a call that stands nowhere', async () => {
    const { handle } = await receiver('call');
    const answer = await handle(
      webhook('/twilio/voice', { CallSid: 'CA1', Digits: '1' }, { about: `${about}&at=vault` }),
    );
    expect(answer).toEqual({ statusCode: 404 });
  });

  it.each([
    ['no signature', { signature: '' }],
    ['a signature of something else', { signature: 'MDEyMzQ1Njc4OTAxMjM0NTY3ODk=' }],
    ['a changed body', { body: `AccountSid=AC${'0'.repeat(32)}&MessageSid=SM1&MessageStatus=failed` }],
    ['an added field', { body: `${new URLSearchParams(delivered).toString()}&ErrorCode=30005` }],
    ['another contact in the URL', { query: 'contactId=c-2&debtorId=P1' }],
  ])('refuses %s and changes nothing', async (_, changes) => {
    const { handle, load, telemetry } = await receiver('sms');
    const before = await load();
    expect(await handle(webhook(statusPath, delivered, changes))).toEqual({ statusCode: 403 });
    expect(await load()).toEqual(before);
    expect(telemetry.counts).toEqual({ signature_refused: 1 });
  });

  it('refuses a signed request to another origin than ours', async () => {
    const { handle } = await receiver('sms');
    const foreign = twilioWebhooks.getExpectedTwilioSignature(
      token,
      `https://other.example.com${statusPath}?${about}`,
      delivered,
    );
    expect(await handle(webhook(statusPath, delivered, { signature: foreign }))).toEqual({ statusCode: 403 });
  });

  it('counts a word that it does not know and answers as ever', async () => {
    const { handle, telemetry } = await receiver('sms');
    expect(await handle(webhook(statusPath, { MessageSid: 'SM1', MessageStatus: 'teleported' }))).toEqual({
      statusCode: 204,
    });
    expect(telemetry.counts).toEqual({ unrecognised: 1, receipt_unusable: 1 });
  });

  it('fails when the token cannot be read, so that Twilio asks once more', async () => {
    const here = await world({ now: at('2026-03-10T12:00:00Z') });
    const handle = createHandler({
      ...here.parts,
      authToken: () => Promise.reject(new Error('secret away')),
      publicUrl,
      telemetry: createFakeTelemetry(),
    });
    await expect(handle(webhook(statusPath, delivered))).rejects.toThrow('secret away');
  });
});
