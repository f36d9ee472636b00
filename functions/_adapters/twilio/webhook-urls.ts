import type { ContactReference } from '#shared/ports/message-sender.ts';

/** Paths of our webhooks, which infra routes to `receive-twilio`. */
export const messageStatusPath = '/twilio/message-status';
export const callStatusPath = '/twilio/call-status';
/** Set in Twilio's console: Twilio is told of it nowhere else. */
export const smsPath = '/twilio/sms';
export const voicePath = '/twilio/voice';

/**
 * The address of a webhook for one contact. Twilio shows our ids nowhere else, so they ride in the query: a callback
 * then settles its contact even when the answer to the request was lost.
 */
export function webhookUrl(
  publicUrl: string,
  path: string,
  contact: ContactReference,
  further: Readonly<Record<string, string>> = {},
): string {
  const { contactId, debtorId } = contact;
  const query = new URLSearchParams({ contactId, debtorId, ...further });
  return `${publicUrl}${path}?${query.toString()}`;
}
