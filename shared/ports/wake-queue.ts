import type { WakeMessage } from '#shared/contracts/queue-message.ts';

export interface QueuedWake {
  readonly message: WakeMessage;
  /** Whole seconds until the message becomes visible, 0 to `delaySecondsMax` (kernel/queue-delay.ts). */
  readonly delaySeconds: number;
}

/** The queues that `tick` fills: one per channel and one for fresh looks. */
export interface WakeQueue {
  /**
   * Hands on all messages; returns those that the queue did not take, to be tried again at the next tick.
   *
   * @throws RangeError for a delay outside of what a queue keeps.
   */
  send(wakes: readonly QueuedWake[]): Promise<readonly QueuedWake[]>;
}
