import type { VoiceRequest } from '#shared/ports/voice-script.ts';
import { readContact } from './read-contact.ts';
import type { TwilioWebhook } from './status-callback.ts';
import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import { pickedUpBy } from './twilio-words.ts';

/**
 * What Twilio asks when a call was picked up or a key pressed; undefined when it names no contact of ours.
 *
 * Without AnsweredBy, or with a word that we do not know, nobody can say who picked up. Twilio repeats AnsweredBy only
 * in the first request, so a request with a key comes from whoever could press one: a person.
 */
export function readVoiceRequest(
  { query, form }: Pick<TwilioWebhook, 'query' | 'form'>,
  onUnrecognised: OnUnrecognised,
): VoiceRequest | undefined {
  const contact = readContact(query, onUnrecognised);
  if (contact === undefined) return undefined;
  const providerId = form.get('CallSid') ?? '';
  const key = form.get('Digits');
  if (key !== null && key !== '') return { contact, providerId, pickedUpBy: 'person', key };
  const answeredBy = form.get('AnsweredBy') ?? 'unknown';
  return {
    contact,
    providerId,
    pickedUpBy:
      recognise(pickedUpBy, { field: 'AnsweredBy', value: answeredBy }, onUnrecognised) ?? 'unknown',
  };
}
