import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVoiceRequest } from '#functions/_adapters/twilio/voice-request.ts';
import { toTwiml } from '#functions/_adapters/twilio/voice-twiml.ts';
import { parseTwiml } from '#infra/local/twilio/twiml.ts';
import { VoiceMomentSchema, type VoiceStep } from '#shared/contracts/voice-script.ts';
import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

const TwilioVoiceResponse = createRequire(import.meta.url)(
  'twilio/lib/twiml/VoiceResponse.js',
) as typeof VoiceResponse;

/** The same steps by Twilio's own builder. */
function byTwilio(steps: readonly VoiceStep[], language: 'cmn-CN'): string {
  const response = new TwilioVoiceResponse();
  for (const step of steps) {
    if (step.kind === 'say') response.say({ language }, step.text);
    if (step.kind === 'ask')
      response
        .gather({ input: ['dtmf'], numDigits: 1, timeout: step.waitSeconds })
        .say({ language }, step.text);
    if (step.kind === 'hangup') response.hangup();
  }
  return response.toString();
}

const printable = fc.string({ unit: 'grapheme', minLength: 1 });
const step: fc.Arbitrary<VoiceStep> = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), text: printable }),
  fc.record({
    kind: fc.constant('ask' as const),
    text: printable,
    waitSeconds: fc.integer({ min: 1, max: 30 }),
  }),
  fc.constant({ kind: 'hangup' as const }),
);

describe('the script of a call', () => {
  it('is what Twilio’s own builder makes of the same steps', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        expect(parseTwiml(toTwiml(steps, 'zh-CN'))).toEqual(parseTwiml(byTwilio(steps, 'cmn-CN')));
      }),
    );
  });

  it('says every text as it is, whatever characters it has', () => {
    const text = `<Hangup/> & "您好" 'a' ]]> 👍 \u0007\uFFFF`;
    expect(parseTwiml(toTwiml([{ kind: 'say', text }], 'en'))).toEqual([
      {
        name: 'Say',
        attributes: { language: 'en-US' },
        children: [],
        text: `<Hangup/> & "您好" 'a' ]]> 👍 `,
      },
    ]);
  });

  it('is spoken in a language that is not in the table by its own tag', () => {
    expect(toTwiml([{ kind: 'say', text: 'x' }], 'sv-SE')).toContain('language="sv-SE"');
  });
});

describe('a request for the script', () => {
  const query = new URLSearchParams({ contactId: 'c-1', debtorId: 'D1' });
  const read = (form: Record<string, string>, of = query): unknown => {
    const unrecognised: string[] = [];
    const moment = readVoiceRequest({ query: of, form: new URLSearchParams(form) }, ({ value }) =>
      unrecognised.push(value),
    );
    return { moment, unrecognised };
  };
  const moment = (answeredBy: string, pressed: string | null = null): unknown => ({
    moment: VoiceMomentSchema.parse({ contactId: 'c-1', debtorId: 'D1', answeredBy, pressed }),
    unrecognised: [],
  });

  it.each([
    [{ AnsweredBy: 'human' }, moment('human')],
    [{ AnsweredBy: 'machine_end_beep' }, moment('machine')],
    [{ AnsweredBy: 'fax' }, moment('machine')],
    [{ AnsweredBy: 'unknown' }, moment('unknown')],
    [{}, moment('unknown')],
    [{ Digits: '12' }, moment('unknown', '1')],
    [{ Digits: '' }, moment('unknown')],
    [{ AnsweredBy: 'machine_start', Digits: '1' }, moment('machine', '1')],
  ])('tells who picked up and which key was pressed: %o', (form, expected) => {
    expect(read(form)).toEqual(expected);
  });

  it('in an unknown word is of an unknown person, and the word is counted', () => {
    expect(read({ AnsweredBy: 'parrot' })).toEqual({
      ...(moment('unknown') as object),
      unrecognised: ['parrot'],
    });
  });

  it('without a contact is nobody’s', () => {
    expect(read({ AnsweredBy: 'human' }, new URLSearchParams())).toEqual({
      moment: undefined,
      unrecognised: [''],
    });
  });
});
