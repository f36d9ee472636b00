import type { AttemptState } from '#shared/contracts/ledger.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { readContact } from './read-contact.ts';
import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import {
  deliveryFailureByCode,
  answeredByWords,
  stateByCallStatus,
  stateByMessageStatus,
  type DeliveryFailure,
} from './twilio-words.ts';

/** A webhook request whose signature was checked. */
export interface TwilioWebhook {
  /** Of the URL. */
  readonly query: URLSearchParams;
  /** Of the body. */
  readonly form: URLSearchParams;
  readonly receivedAt: Instant;
}

/** SIP answers that say that the number does not exist (RFC 3261: not found, address incomplete, nowhere). */
const deadNumberSipCodes: ReadonlySet<string> = new Set(['404', '484', '604']);
const deadNumber: DeliveryFailure = {
  reason: 'unknown_number',
  state: 'not_in_service',
  ends: 'dead_number',
};

/**
 * The receipt in a message's status callback. Undefined when it speaks of no contact of ours, or in words that we do
 * not know; those are counted.
 */
export function readMessageStatus(
  webhook: TwilioWebhook,
  onUnrecognised: OnUnrecognised,
): Receipt | undefined {
  const { form } = webhook;
  const state = recognise(
    stateByMessageStatus,
    { field: 'MessageStatus', value: form.get('MessageStatus') ?? '' },
    onUnrecognised,
  );
  if (state === undefined || state === null) return undefined;
  const receipt = receiptOf(webhook, 'sms', state, onUnrecognised);
  const failure = failureOf(form.get('ErrorCode'), onUnrecognised);
  return receipt === undefined || failure === undefined ? receipt : withFailure(receipt, failure);
}

/** The receipt in a call's status callback; undefined as for messages. */
export function readCallStatus(webhook: TwilioWebhook, onUnrecognised: OnUnrecognised): Receipt | undefined {
  const { form } = webhook;
  const state = recognise(
    stateByCallStatus,
    { field: 'CallStatus', value: form.get('CallStatus') ?? '' },
    onUnrecognised,
  );
  if (state === undefined) return undefined;
  const heard = state === 'answered' && answeredByMachine(form, onUnrecognised) ? 'voicemail' : state;
  const receipt = receiptOf(webhook, 'call', heard, onUnrecognised);
  return receipt?.state === 'failed' ? withFailure(receipt, callFailureOf(form)) : receipt;
}

function callFailureOf(form: URLSearchParams): DeliveryFailure {
  return deadNumberSipCodes.has(form.get('SipResponseCode') ?? '') ? deadNumber : { reason: 'call_failed' };
}

function receiptOf(
  { query, form, receivedAt }: TwilioWebhook,
  channel: 'sms' | 'call',
  state: AttemptState,
  onUnrecognised: OnUnrecognised,
): Receipt | undefined {
  const contact = readContact(query, onUnrecognised);
  const providerId = form.get(channel === 'sms' ? 'MessageSid' : 'CallSid');
  if (contact === undefined) return undefined;
  return { ...contact, channel, state, at: receivedAt, ...(providerId === null ? {} : { providerId }) };
}

function withFailure(receipt: Receipt, { reason, state = receipt.state, ends }: DeliveryFailure): Receipt {
  return { ...receipt, state, reason, ...(ends === undefined ? {} : { ends: { reason: ends } }) };
}

function failureOf(code: string | null, onUnrecognised: OnUnrecognised): DeliveryFailure | undefined {
  if (code === null || code === '' || code === '0') return undefined;
  return (
    recognise(deliveryFailureByCode, { field: 'ErrorCode', value: code }, onUnrecognised) ?? {
      reason: 'unrecognised',
    }
  );
}

function answeredByMachine(form: URLSearchParams, onUnrecognised: OnUnrecognised): boolean {
  const answeredBy = form.get('AnsweredBy');
  return (
    answeredBy !== null &&
    recognise(answeredByWords, { field: 'AnsweredBy', value: answeredBy }, onUnrecognised) === 'machine'
  );
}
