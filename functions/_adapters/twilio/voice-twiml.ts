import type { VoiceStep } from '#shared/contracts/voice-script.ts';

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

/** Content type of a TwiML answer. */
export const twimlContentType = 'text/xml; charset=utf-8';

/**
 * The steps as a TwiML document. A key that is asked for comes back to the same URL, so that the contact in its query
 * stays with the call. Written by hand, because twilio's VoiceResponse would add 78 KB; a test compares the two.
 */
export function toTwiml(steps: readonly VoiceStep[], locale: string): string {
  const language = speechLanguages[locale] ?? locale;
  const verbs = steps.map((step) => verbOf(step, language)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
}

function verbOf(step: VoiceStep, language: string): string {
  switch (step.kind) {
    case 'say':
      return say(step.text, language);
    case 'ask':
      return `<Gather input="dtmf" numDigits="1" timeout="${step.waitSeconds}">${say(step.text, language)}</Gather>`;
    case 'hangup':
      return '<Hangup/>';
  }
}

function say(text: string, language: string): string {
  return `<Say language="${escapeXml(language)}">${escapeXml(text)}</Say>`;
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
