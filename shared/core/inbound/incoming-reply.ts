import type { Channel } from '#shared/contracts/primitives.ts';
import type { ReplyKind } from '#shared/contracts/replies.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** A message or spoken words of one person, before it is read. */
export interface IncomingReply {
  /** From the provider's id of it: `sms:<MessageSid>`, `email:<Message-ID or a hash of it>`, `call:<CallSid>:<place>`. */
  readonly inboundId: string;
  readonly debtorId: string;
  readonly channel: Channel;
  /** Number or address from which it came. */
  readonly from: string;
  readonly text: string;
  readonly at: Instant;
  /** The contact during which it was said; absent: it came by itself. */
  readonly during?: string | undefined;
  /**
   * Whether the provider itself has taken a keyword in it: it stops or starts the number by itself and has confirmed that,
   * so that we record it and say nothing.
   */
  readonly takenByProvider?: 'stop' | 'start' | 'help' | undefined;
  /** What was meant, where a key or a choice stands for it and no words have to be read. */
  readonly meant?: ReplyKind | undefined;
  /**
   * `proven`: it surely comes from that number or address. `claimed`: anybody may have written it (an e-mail that fails its
   * checks): it can only end contact or reach a person, and it gets no answer.
   */
  readonly sender: 'proven' | 'claimed';
  /** Whether several people are known at that number or address, and this was meant by all of them alike. */
  readonly isShared?: boolean | undefined;
}
