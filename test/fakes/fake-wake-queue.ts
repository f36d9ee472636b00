import { assertDelay } from '#shared/kernel/queue-delay.ts';
import type { QueuedWake, WakeQueue } from '#shared/ports/wake-queue.ts';

/** A queue that keeps what it is sent, in order. */
export interface FakeWakeQueue extends WakeQueue {
  readonly sent: readonly QueuedWake[];
  /** From now on the queue does not take wakes for which this says true. */
  refuse(refuses: (wake: QueuedWake) => boolean): void;
}

export function createFakeWakeQueue(): FakeWakeQueue {
  const sent: QueuedWake[] = [];
  let refuses: (wake: QueuedWake) => boolean = () => false;
  return {
    sent,
    refuse: (predicate) => {
      refuses = predicate;
    },
    send: (wakes) =>
      new Promise((resolve) => {
        for (const wake of wakes) assertDelay(wake.delaySeconds);
        const refused = wakes.filter(refuses);
        sent.push(...structuredClone(wakes.filter((wake) => !refused.includes(wake))));
        resolve(refused);
      }),
  };
}
