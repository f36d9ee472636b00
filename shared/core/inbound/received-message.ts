import type { Instant } from '#shared/kernel/instant.ts';
import type { IncomingReply } from './incoming-reply.ts';

/**
 * A word that the provider acts on by itself. `isCertain`: it says so; otherwise it does unless the creditor has chosen to act
 * on keywords itself. `isAlsoAnswer`: "YES" opens a number that was stopped, and is an answer everywhere else.
 */
export interface ProviderKeyword {
  readonly kind: NonNullable<IncomingReply['takenByProvider']>;
  readonly isCertain: boolean;
  readonly isAlsoAnswer: boolean;
}

/** A message that came in by text or e-mail, before anybody knows whose it is. */
export interface ReceivedMessage extends Pick<IncomingReply, 'inboundId' | 'from' | 'text' | 'sender'> {
  readonly channel: 'sms' | 'email';
  /** Our number or address that it was sent to. */
  readonly to: string;
  readonly at: Instant;
  readonly keyword?: ProviderKeyword | undefined;
}
