import type { CallState } from '#shared/contracts/call-flow.ts';
import type { VoiceScript, VoiceStep } from '#shared/contracts/voice-script.ts';

/** Languages that Twilio's voices speak, by the names of our template folders. Others are given to Twilio as they are. */
const speechLanguages: Readonly<Record<string, string>> = {
  de: 'de-DE',
  en: 'en-US',
  es: 'es-US',
  fr: 'fr-FR',
  it: 'it-IT',
  ja: 'ja-JP',
  ko: 'ko-KR',
  nl: 'nl-NL',
  pl: 'pl-PL',
  pt: 'pt-BR',
  ru: 'ru-RU',
  'zh-CN': 'cmn-CN',
  'zh-HK': 'yue-HK',
  'zh-TW': 'cmn-TW',
};

/** Where Twilio's ears know a language by another name than its voices. */
const heardLanguages: Readonly<Record<string, string>> = {
  'cmn-CN': 'cmn-Hans-CN',
  'cmn-TW': 'cmn-Hant-TW',
  'yue-HK': 'yue-Hant-HK',
};

/** Silence after words that ends an answer, in seconds. */
const speechTimeoutSeconds = 2;

/** Content type of a TwiML answer. */
export const twimlContentType = 'text/xml; charset=utf-8';

/** The address at which Twilio asks for what follows in a state. */
export type AddressOf = (state: CallState) => string;

/**
 * A script as a TwiML document. Answers come to the address of the state that they belong to, also when there was none. Written
 * by hand, because twilio's VoiceResponse would add 78 KB; a test compares the two.
 */
export function toTwiml({ steps, locale }: VoiceScript, addressOf: AddressOf): string {
  const language = speechLanguages[locale] ?? locale;
  const verbs = steps.map((step) => verbOf(step, language, addressOf)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
}

function verbOf(step: VoiceStep, language: string, addressOf: AddressOf): string {
  switch (step.kind) {
    case 'say':
      return say(step.text, language);
    case 'ask':
      return element('Gather', gatherAttributes(step, language, addressOf), say(step.text, language));
    case 'dial': {
      const { phone, callerId, ringSeconds, next } = step;
      const attributes = { action: addressOf(next), callerId, timeout: String(ringSeconds) };
      return element('Dial', attributes, element('Number', {}, escapeXml(phone)));
    }
    case 'hangup':
      return '<Hangup/>';
  }
}

function gatherAttributes(
  { waitSeconds, keys, speech, next }: Extract<VoiceStep, { kind: 'ask' }>,
  language: string,
  addressOf: AddressOf,
): Readonly<Record<string, string>> {
  return {
    input: speech === undefined ? 'dtmf' : 'dtmf speech',
    action: addressOf(next),
    // Without it a silence would lead to the next verb, and the call would not know what it has asked.
    actionOnEmptyResult: 'true',
    timeout: String(waitSeconds),
    ...(keys === undefined ? { finishOnKey: '#' } : { numDigits: String(keys), finishOnKey: '' }),
    ...(speech !== undefined && {
      language: heardLanguages[language] ?? language,
      speechTimeout: String(speechTimeoutSeconds),
      // Stars in the place of an oath would hide what it was said to.
      profanityFilter: 'false',
      ...(speech.hints.length > 0 && { hints: speech.hints.join(',') }),
    }),
  };
}

function say(text: string, language: string): string {
  return element('Say', { language }, escapeXml(text));
}

function element(name: string, attributes: Readonly<Record<string, string>>, inner: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${written.join('')}>${inner}</${name}>`;
}

/** Text as XML; characters that XML 1.0 cannot hold at all are left out, or Twilio would refuse the document. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
