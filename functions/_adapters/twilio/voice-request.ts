import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import { keysMax, speechLengthMax, type Heard, type VoiceMoment } from '#shared/contracts/voice-script.ts';
import { readCallState } from './call-state-query.ts';
import { readContact } from './read-contact.ts';
import type { TwilioWebhook } from './status-callback.ts';
import { answeredByWords } from './twilio-words.ts';

/**
 * What Twilio asks when a call was picked up, a question answered, or a call that was put through is over; undefined when it
 * names no contact of ours or stands nowhere in a call.
 *
 * Without AnsweredBy, or with a word that we do not know, nobody can say who picked up. A machine that a key seems to come
 * from stays a machine.
 */
export function readVoiceRequest(
  { query, form }: Pick<TwilioWebhook, 'query' | 'form'>,
  onUnrecognised: OnUnrecognised,
): VoiceMoment | undefined {
  const contact = readContact(query, onUnrecognised);
  const state = readCallState(query);
  const callId = form.get('CallSid') ?? '';
  if (contact === undefined || state === undefined || !isCallSid(callId)) return undefined;
  const word = { field: 'AnsweredBy', value: form.get('AnsweredBy') ?? 'unknown' };
  return {
    ...contact,
    callId,
    answeredBy: recognise(answeredByWords, word, onUnrecognised) ?? 'unknown',
    heard: readHeard(form),
    state,
  };
}

/** Twilio's ids, also those of tests: nothing that could break a key of ours. */
function isCallSid(sid: string): boolean {
  return /^CA[0-9A-Za-z]{1,32}$/.test(sid);
}

/** `completed` and `answered` are calls that somebody took; every other word is one that nobody did. */
const takenWords: readonly string[] = ['completed', 'answered'];

function readHeard(form: URLSearchParams): Heard {
  const dialled = form.get('DialCallStatus');
  if (dialled !== null) return { kind: 'dialled', isTaken: takenWords.includes(dialled) };
  const keys = (form.get('Digits') ?? '').slice(0, keysMax);
  if (keys !== '') return { kind: 'keys', keys };
  const text = (form.get('SpeechResult') ?? '').trim().slice(0, speechLengthMax);
  return text === '' ? { kind: 'nothing' } : { kind: 'speech', text };
}
