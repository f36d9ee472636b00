import type { EndedDestination } from '#shared/contracts/debtor.ts';
import type { AttemptState } from '#shared/contracts/ledger.ts';

/** Why Twilio refused a request: its error code, our reason, and what follows from it. */
export interface Refusal {
  readonly reason: string;
  /** Absent: never again. */
  readonly retryAfterMs?: number;
  readonly ends?: EndedDestination['reason'];
}

const throttledMs = 15_000;
/** The account is wrongly set up or closed: somebody has to see to it first. */
const accountTroubleMs = 900_000;

/** Error codes that Twilio answers a request with (twilio.com/docs/api/errors). */
export const refusalByCode: Readonly<Record<number, Refusal>> = {
  10001: { reason: 'provider_account_closed', retryAfterMs: accountTroubleMs },
  10004: { reason: 'throttled', retryAfterMs: throttledMs },
  20003: { reason: 'credentials_refused', retryAfterMs: accountTroubleMs },
  20005: { reason: 'provider_account_closed', retryAfterMs: accountTroubleMs },
  20429: { reason: 'throttled', retryAfterMs: throttledMs },
  21211: { reason: 'invalid_number', ends: 'dead_number' },
  21212: { reason: 'sender_number_wrong' },
  21214: { reason: 'unreachable_number', ends: 'dead_number' },
  21215: { reason: 'region_not_enabled' },
  21216: { reason: 'blocked_by_provider' },
  21217: { reason: 'invalid_number', ends: 'dead_number' },
  21408: { reason: 'region_not_enabled' },
  21606: { reason: 'sender_number_wrong' },
  21610: { reason: 'opted_out', ends: 'opted_out_at_provider' },
  21611: { reason: 'throttled', retryAfterMs: throttledMs },
  21612: { reason: 'no_route' },
  21614: { reason: 'not_a_mobile_number', ends: 'dead_number' },
  21617: { reason: 'message_too_long' },
};

/** HTTP statuses that refuse without a code that we know. */
export const refusalByStatus: Readonly<Record<number, Refusal>> = {
  401: { reason: 'credentials_refused', retryAfterMs: accountTroubleMs },
  429: { reason: 'throttled', retryAfterMs: throttledMs },
};

/** What a failed delivery means for the contact and for the number. */
export interface DeliveryFailure {
  readonly reason: string;
  /** Present where the code says more than the status. */
  readonly state?: AttemptState;
  readonly ends?: EndedDestination['reason'];
}

/** ErrorCode of a message that failed or was not delivered. */
export const deliveryFailureByCode: Readonly<Record<number, DeliveryFailure>> = {
  21610: { reason: 'opted_out', state: 'failed', ends: 'opted_out_at_provider' },
  30001: { reason: 'provider_queue_full', state: 'failed' },
  30002: { reason: 'provider_account_closed', state: 'failed' },
  30003: { reason: 'unreachable_handset' },
  30004: { reason: 'blocked_by_carrier' },
  30005: { reason: 'unknown_number', state: 'not_in_service', ends: 'dead_number' },
  30006: { reason: 'landline_or_unreachable_carrier', ends: 'dead_number' },
  30007: { reason: 'filtered_by_carrier' },
  30008: { reason: 'carrier_gave_no_reason' },
  30012: { reason: 'expired', state: 'failed' },
  30036: { reason: 'expired', state: 'failed' },
};

/** Every MessageStatus of Twilio's OpenAPI document (`message_enum_status`). */
type TwilioMessageStatus =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'delivered'
  | 'undelivered'
  | 'receiving'
  | 'received'
  | 'accepted'
  | 'scheduled'
  | 'read'
  | 'partially_delivered'
  | 'canceled';

/** `null`: it speaks of a message to us, which is no receipt. */
export const stateByMessageStatus = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  // The person has read a part of it: that counts as a contact.
  partially_delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
  receiving: null,
  received: null,
} as const satisfies Record<TwilioMessageStatus, AttemptState | null>;

/** Every CallStatus of the OpenAPI document (`call_enum_status`) and `initiated`, which only callbacks say. */
type TwilioCallStatus =
  | 'initiated'
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

/**
 * `in-progress` is not yet `answered`: a machine may have picked up, and only `completed` tells, with AnsweredBy.
 * `completed` without AnsweredBy counts as answered, which is the stricter reading for every cap.
 */
export const stateByCallStatus = {
  queued: 'accepted',
  initiated: 'accepted',
  ringing: 'sent',
  'in-progress': 'sent',
  completed: 'answered',
  busy: 'busy',
  'no-answer': 'no_answer',
  failed: 'failed',
  canceled: 'failed',
} as const satisfies Record<TwilioCallStatus, AttemptState>;

/** Every AnsweredBy that answering-machine detection gives (twilio.com/docs/voice/answering-machine-detection). */
type TwilioAnsweredBy =
  | 'human'
  | 'machine_start'
  | 'machine_end_beep'
  | 'machine_end_silence'
  | 'machine_end_other'
  | 'fax'
  | 'unknown';

export const answeredByWords = {
  human: 'human',
  machine_start: 'machine',
  machine_end_beep: 'machine',
  machine_end_silence: 'machine',
  machine_end_other: 'machine',
  fax: 'machine',
  unknown: 'unknown',
} as const satisfies Record<TwilioAnsweredBy, 'human' | 'machine' | 'unknown'>;

/** What Twilio has done about a message by itself. */
type Keyword = 'stop' | 'start' | 'help';

/**
 * Words that Twilio acts on by itself when they are the whole message, at long codes and in default configuration
 * (twilio.com/docs: support for opt-out keywords). They do not depend on the language of the country.
 */
export const keywordByWord: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'].map(
    (word): [string, Keyword] => [word, 'stop'],
  ),
  ...['START', 'UNSTOP', 'YES'].map((word): [string, Keyword] => [word, 'start']),
  ...['HELP', 'INFO'].map((word): [string, Keyword] => [word, 'help']),
]);

/** OptOutType of a messaging service with Advanced Opt-Out: which kind of keyword it took the message for. */
export const keywordByOptOutType: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['STOP', 'stop'],
  ['START', 'start'],
  ['HELP', 'help'],
]);
