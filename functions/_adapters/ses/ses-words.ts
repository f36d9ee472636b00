import type { EndedDestination } from '#shared/contracts/debtor.ts';
import type { AttemptState } from '#shared/contracts/ledger.ts';

/** Why SES refused a mail: our reason, and when to try again; absent: never. */
export interface Refusal {
  readonly reason: string;
  readonly retryAfterMs?: number;
}

const throttledMs = 15_000;
/** The account or its set-up is at fault: somebody has to see to it first. */
const accountTroubleMs = 900_000;

const throttled: Refusal = { reason: 'throttled', retryAfterMs: throttledMs };
const paused: Refusal = { reason: 'sending_paused', retryAfterMs: accountTroubleMs };
const misconfigured: Refusal = { reason: 'sender_not_set_up', retryAfterMs: accountTroubleMs };
const credentials: Refusal = { reason: 'credentials_refused', retryAfterMs: accountTroubleMs };

/** Error names of SES's SendRawEmail and of AWS in general (docs.aws.amazon.com/ses/latest/APIReference, CommonErrors). */
export const refusalByErrorName: Readonly<Record<string, Refusal>> = {
  MessageRejected: { reason: 'message_refused' },
  InvalidParameterValue: { reason: 'request_refused' },
  ValidationError: { reason: 'request_refused' },
  MailFromDomainNotVerifiedException: misconfigured,
  ConfigurationSetDoesNotExistException: misconfigured,
  ConfigurationSetSendingPausedException: paused,
  AccountSendingPausedException: paused,
  Throttling: throttled,
  ThrottlingException: throttled,
  TooManyRequestsException: throttled,
  AccessDenied: credentials,
  AccessDeniedException: credentials,
  ExpiredToken: credentials,
  InvalidClientTokenId: credentials,
  SignatureDoesNotMatch: credentials,
  /** The SDK found no credentials: nothing was sent. */
  CredentialsProviderError: credentials,
};

/** What an event of SES means for the contact and for the address. */
export interface MailEvent {
  readonly state: AttemptState;
  readonly reason?: string;
  readonly ends?: EndedDestination['reason'];
}

/** Event types of SES event publishing other than bounces. `null`: says nothing about the contact. */
export const mailEventByType = {
  Send: { state: 'accepted' },
  Delivery: { state: 'delivered' },
  Open: { state: 'delivered' },
  Click: { state: 'delivered' },
  // Whoever complains has got the mail; the address is over for us.
  Complaint: { state: 'delivered', reason: 'complaint', ends: 'complaint' },
  Reject: { state: 'failed', reason: 'message_refused' },
  'Rendering Failure': { state: 'failed', reason: 'message_refused' },
  DeliveryDelay: { state: 'sent', reason: 'delivery_delayed' },
  Subscription: null,
} as const satisfies Record<string, MailEvent | null>;

/** Bounces by their type: a permanent one ends the address, a transient one only this mail. */
export const mailEventByBounceType = {
  Permanent: { state: 'undelivered', reason: 'hard_bounce', ends: 'hard_bounce' },
  Transient: { state: 'undelivered', reason: 'soft_bounce' },
  Undetermined: { state: 'undelivered', reason: 'bounce_of_unknown_kind' },
} as const satisfies Record<string, MailEvent>;
