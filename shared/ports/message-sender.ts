import type { EndedDestination } from '#shared/contracts/debtor.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** Who and what a contact is about; rides along to the provider so that its callbacks can be matched. */
export interface ContactReference {
  readonly debtorId: string;
  readonly contactId: string;
}

export interface Sms {
  readonly contact: ContactReference;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** The provider must drop the message rather than send it at or after this instant. */
  readonly validUntil: Instant;
}

export interface Email {
  readonly contact: ContactReference;
  readonly from: string;
  /** What the creditor is called in the text's language. */
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where an answer goes. */
  readonly replyTo: string;
  /** How a mail program ends these e-mails for its owner (RFC 8058 and RFC 2369). */
  readonly unsubscribe: {
    /** Takes one POST, without cookies, and ends them. */
    readonly url: string;
    /** Takes a mail with this subject; absent where no mail is taken in. */
    readonly mail?: { readonly to: string; readonly subject: string } | undefined;
  };
}

export interface Call {
  readonly contact: ContactReference;
  readonly from: string;
  readonly to: string;
  /** Where the provider fetches what to say once somebody or something has picked up. */
  readonly script: 'reminder';
}

/**
 * How a provider answered. `rejected` means that surely nothing was sent; `unknown` means that it may have been (time-out,
 * connection lost after the request was written, server error), and such a contact is never sent again.
 */
export type SendResult =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | {
      readonly kind: 'rejected';
      readonly reason: string;
      readonly retry: { readonly kind: 'never' } | { readonly kind: 'after'; readonly ms: number };
      /** Present when the destination itself is over for good. */
      readonly ends?: EndedDestination['reason'];
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Asks the provider what became of a contact whose outcome is not known. */
export interface SentLookup {
  readonly contact: ContactReference;
  readonly to: string;
  readonly since: Instant;
}
/** `unsupported`: this provider cannot be asked; only its callback can settle the contact. */
export type LookupResult =
  | { readonly kind: 'found'; readonly providerId: string }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unsupported' };

/** Hands a message of one kind to a provider. */
export interface MessageSender<M> {
  readonly channel: Channel;
  send(message: M): Promise<SendResult>;
  findSent(lookup: SentLookup): Promise<LookupResult>;
}

/** Sends a text message. */
export type SmsSender = MessageSender<Sms>;
/** Sends an e-mail with a text and an HTML part. */
export type EmailSender = MessageSender<Email>;
/** Places an outbound call; what is said comes from the voice route once it is answered. */
export type CallPlacer = MessageSender<Call>;
