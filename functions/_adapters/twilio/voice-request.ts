import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import type { VoiceMoment } from '#shared/contracts/voice-script.ts';
import { readContact } from './read-contact.ts';
import type { TwilioWebhook } from './status-callback.ts';
import { answeredByWords } from './twilio-words.ts';

/**
 * What Twilio asks when a call was picked up or a key pressed; undefined when it names no contact of ours.
 *
 * Without AnsweredBy, or with a word that we do not know, nobody can say who picked up. A machine that a key seems to come
 * from stays a machine.
 */
export function readVoiceRequest(
  { query, form }: Pick<TwilioWebhook, 'query' | 'form'>,
  onUnrecognised: OnUnrecognised,
): VoiceMoment | undefined {
  const contact = readContact(query, onUnrecognised);
  if (contact === undefined) return undefined;
  const word = { field: 'AnsweredBy', value: form.get('AnsweredBy') ?? 'unknown' };
  const digits = form.get('Digits') ?? '';
  return {
    ...contact,
    answeredBy: recognise(answeredByWords, word, onUnrecognised) ?? 'unknown',
    pressed: digits === '' ? null : digits.slice(0, 1),
  };
}
