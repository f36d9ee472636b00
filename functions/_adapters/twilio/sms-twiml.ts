import { escapeXml } from './voice-twiml.ts';

/** The answer to a text message as a TwiML document; without a text Twilio sends nothing. */
export function toSmsTwiml(text: string | undefined): string {
  const message = text === undefined ? '' : `<Message>${escapeXml(text)}</Message>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${message}</Response>`;
}
