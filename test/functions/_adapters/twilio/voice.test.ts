import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callStateQuery, readCallState } from '#functions/_adapters/twilio/call-state-query.ts';
import { readVoiceRequest } from '#functions/_adapters/twilio/voice-request.ts';
import { toTwiml } from '#functions/_adapters/twilio/voice-twiml.ts';
import { attributeProblem } from '#infra/local/twilio/twiml-attributes.ts';
import { parseTwiml } from '#infra/local/twilio/twiml.ts';
import { callNodes, callTurnsMax, type CallState } from '#shared/contracts/call-flow.ts';
import { VoiceMomentSchema, type VoiceMoment, type VoiceStep } from '#shared/contracts/voice-script.ts';
import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

const TwilioVoiceResponse = createRequire(import.meta.url)(
  'twilio/lib/twiml/VoiceResponse.js',
) as typeof VoiceResponse;

const addressOf = (state: CallState) =>
  `https://hooks.example.com/voice?a=b&${new URLSearchParams(callStateQuery(state)).toString()}`;

/** How Twilio is told what a question waits for. */
function gatheredBy({ next, waitSeconds, keys, speech }: Extract<VoiceStep, { kind: 'ask' }>) {
  const input: ('dtmf' | 'speech')[] = speech ? ['dtmf', 'speech'] : ['dtmf'];
  return {
    input,
    action: addressOf(next),
    actionOnEmptyResult: true,
    timeout: waitSeconds,
    ...(keys === undefined ? { finishOnKey: '#' } : { numDigits: keys, finishOnKey: '' }),
    ...(speech && {
      language: 'cmn-Hans-CN' as const,
      speechTimeout: '2',
      profanityFilter: false,
      ...(speech.hints.length > 0 && { hints: speech.hints.join(',') }),
    }),
  };
}

/** The same steps by Twilio's own builder. */
function byTwilio(steps: readonly VoiceStep[], language: 'cmn-CN'): string {
  const response = new TwilioVoiceResponse();
  for (const step of steps) {
    if (step.kind === 'say') response.say({ language }, step.text);
    if (step.kind === 'ask') response.gather(gatheredBy(step)).say({ language }, step.text);
    if (step.kind === 'dial')
      response
        .dial({ action: addressOf(step.next), callerId: step.callerId, timeout: step.ringSeconds })
        .number(step.phone);
    if (step.kind === 'hangup') response.hangup();
  }
  return response.toString();
}

const printable = fc.string({ unit: 'grapheme', minLength: 1 });
const state: fc.Arbitrary<CallState> = fc.record(
  {
    node: fc.constantFrom(...callNodes),
    turn: fc.integer({ min: 0, max: callTurnsMax }),
    silences: fc.integer({ min: 0, max: 9 }),
    isFirstRight: fc.boolean(),
    amount: fc.integer({ min: 1, max: 1e8 }).map((minor) => minor / 100),
    date: fc.constantFrom('2026-03-10', '2028-02-29'),
  },
  { requiredKeys: ['node', 'turn', 'silences'] },
);
const ask: fc.Arbitrary<VoiceStep> = fc.record(
  {
    kind: fc.constant('ask' as const),
    text: printable,
    waitSeconds: fc.integer({ min: 1, max: 30 }),
    keys: fc.integer({ min: 1, max: 20 }),
    speech: fc.record({ hints: fc.array(fc.constantFrom('yes', 'no & more', '<是>')) }),
    next: state,
  },
  { requiredKeys: ['kind', 'text', 'waitSeconds', 'next'] },
);
const step: fc.Arbitrary<VoiceStep> = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), text: printable }),
  ask,
  fc.record({
    kind: fc.constant('dial' as const),
    phone: fc.constant('+12025550143'),
    callerId: fc.constant('+12025550142'),
    ringSeconds: fc.integer({ min: 1, max: 60 }),
    next: state,
  }),
  fc.constant({ kind: 'hangup' as const }),
);

describe('the script of a call', () => {
  it('is what Twilio’s own builder makes of the same steps, and what the emulator plays', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const verbs = parseTwiml(toTwiml({ steps, locale: 'zh-CN' }, addressOf));
        expect(verbs).toEqual(parseTwiml(byTwilio(steps, 'cmn-CN')));
        expect(verbs.map(attributeProblem).filter((problem) => problem !== undefined)).toEqual([]);
      }),
    );
  });

  it('says every text as it is, whatever characters it has', () => {
    const text = `<Hangup/> & "您好" 'a' ]]> 👍 \u0007\uFFFF`;
    expect(parseTwiml(toTwiml({ steps: [{ kind: 'say', text }], locale: 'en' }, addressOf))).toEqual([
      {
        name: 'Say',
        attributes: { language: 'en-US' },
        children: [],
        text: `<Hangup/> & "您好" 'a' ]]> 👍 `,
      },
    ]);
  });

  it('is spoken in a language that is not in the table by its own tag', () => {
    expect(toTwiml({ steps: [{ kind: 'say', text: 'x' }], locale: 'sv-SE' }, addressOf)).toContain(
      'language="sv-SE"',
    );
  });
});

describe('the state of a call', () => {
  it('comes back from the address as it went there', () => {
    fc.assert(
      fc.property(state, (one) => {
        expect(readCallState(new URLSearchParams(callStateQuery(one)))).toEqual(one);
      }),
    );
  });

  it.each([
    ['none', '', null],
    ['a node that there is not', 'at=vault&turn=1&again=0', undefined],
    ['no turn', 'at=menu&again=0', undefined],
    ['a turn beyond the limit', 'at=menu&turn=31&again=0', undefined],
    ['an amount that is none', 'at=confirm&turn=3&again=0&amount=x', undefined],
    ['a date that is none', 'at=confirm&turn=3&again=0&date=2026-02-30', undefined],
  ])('of %s', (_, query, expected) => {
    expect(readCallState(new URLSearchParams(query))).toEqual(expected);
  });
});

describe('a request for the script', () => {
  const query = new URLSearchParams({ contactId: 'c-1', debtorId: 'D1' });
  const read = (form: Record<string, string>, of = query): unknown => {
    const unrecognised: string[] = [];
    const all = new URLSearchParams({ CallSid: 'CA1', ...form });
    const moment = readVoiceRequest({ query: of, form: all }, ({ value }) => unrecognised.push(value));
    return { moment, unrecognised };
  };
  const moment = (changes: Partial<VoiceMoment> = {}): unknown => ({
    moment: VoiceMomentSchema.parse({
      contactId: 'c-1',
      debtorId: 'D1',
      callId: 'CA1',
      answeredBy: 'unknown',
      heard: { kind: 'nothing' },
      state: null,
      ...changes,
    }),
    unrecognised: [],
  });
  const keys = (pressed: string) => ({ kind: 'keys', keys: pressed }) as const;

  it.each([
    [{ AnsweredBy: 'human' }, moment({ answeredBy: 'human' })],
    [{ AnsweredBy: 'machine_end_beep' }, moment({ answeredBy: 'machine' })],
    [{ AnsweredBy: 'fax' }, moment({ answeredBy: 'machine' })],
    [{ AnsweredBy: 'unknown' }, moment()],
    [{}, moment()],
    [{ Digits: '12' }, moment({ heard: keys('12') })],
    [{ Digits: '' }, moment()],
    [{ Digits: '', SpeechResult: ' on Friday ' }, moment({ heard: { kind: 'speech', text: 'on Friday' } })],
    [{ AnsweredBy: 'machine_start', Digits: '1' }, moment({ answeredBy: 'machine', heard: keys('1') })],
    [{ DialCallStatus: 'completed' }, moment({ heard: { kind: 'dialled', isTaken: true } })],
    [{ DialCallStatus: 'no-answer' }, moment({ heard: { kind: 'dialled', isTaken: false } })],
    [{ DialCallStatus: 'novel' }, moment({ heard: { kind: 'dialled', isTaken: false } })],
  ])('tells who picked up and what was answered: %o', (form, expected) => {
    expect(read(form)).toEqual(expected);
  });

  it('in an unknown word is of an unknown person, and the word is counted', () => {
    expect(read({ AnsweredBy: 'parrot' })).toEqual({ ...(moment() as object), unrecognised: ['parrot'] });
  });

  it.each([
    ['without a contact', {}, new URLSearchParams(), ['']],
    ['without a call', { CallSid: '' }, query, []],
    ['of a call with a broken id', { CallSid: 'CA1#2' }, query, []],
    ['that stands nowhere in a call', {}, new URLSearchParams(`${query.toString()}&at=vault`), []],
  ])('%s is nobody’s', (_, form, of, unrecognised) => {
    expect(read(form, of)).toEqual({ moment: undefined, unrecognised });
  });
});
