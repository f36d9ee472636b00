import { apiError, type ApiError } from './api-error.ts';
import type { RequestParameters } from './openapi-check.ts';
import type { MessageRecord } from './records.ts';

/** Longest message body that Twilio accepts, in characters (error 21617). */
const bodyLengthMax = 1_600;
/** Longest that Twilio holds a message in its own queue, and its default: ten hours. */
export const validitySecondsMax = 36_000;

/** What an SMS is before Twilio has taken it. */
export type MessageDraft = Pick<
  MessageRecord,
  'to' | 'from' | 'body' | 'direction' | 'statusCallback' | 'validitySeconds'
>;

/** E.164, the form in which we give numbers. Twilio would also guess at others. */
export function isTelephoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}

/** A parameter that was given once; undefined when it is absent or empty. */
export function single(parameters: RequestParameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Judges the parameters of a new message beyond their form, with the codes that Twilio answers. */
export function readMessageDraft(parameters: RequestParameters): MessageDraft | ApiError {
  const to = single(parameters, 'To');
  const from = single(parameters, 'From');
  const body = single(parameters, 'Body');
  if (to === undefined) return apiError(21604);
  if (!isTelephoneNumber(to)) return apiError(21211, to);
  if (from === undefined) return apiError(21603);
  if (body === undefined) return apiError(21602);
  if (body.length > bodyLengthMax) return apiError(21617);
  const validitySeconds = Number(parameters['ValidityPeriod'] ?? validitySecondsMax);
  if (!isValidity(validitySeconds))
    return apiError(20001, `ValidityPeriod must be 1 to ${validitySecondsMax} seconds`);
  const statusCallback = single(parameters, 'StatusCallback');
  return { to, from, body, direction: 'outbound-api', statusCallback, validitySeconds };
}

function isValidity(seconds: number): boolean {
  return seconds >= 1 && seconds <= validitySecondsMax;
}
