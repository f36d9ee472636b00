import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import type { QueuedWake, WakeQueue } from '#shared/ports/wake-queue.ts';
import { noon } from '#test/builders/stored.ts';

/** A queue to run the cases on. */
export interface QueueUnderTest {
  readonly queue: WakeQueue;
  /** Everything that the queue of one kind has taken, in no particular order. */
  taken(wakeFor: WakeFor): QueuedWake[];
  /** From now on wakes for which this says true are not taken. */
  refuse(refuses: (wake: QueuedWake) => boolean): void;
}

export interface QueueParts {
  createQueue(): Promise<QueueUnderTest>;
  stop(): Promise<void>;
}

export function wake(index: number, wakeFor: WakeFor = 'sms', delaySeconds = 0): QueuedWake {
  return { message: { version: 1, debtorId: `P${index}`, wakeAt: noon + index, wakeFor }, delaySeconds };
}

/** The cases that every wake queue has to pass, the real one and the fake alike. */
export function wakeQueueSuite(name: string, start: () => Promise<QueueParts>): void {
  describe(name, () => {
    let parts: QueueParts;
    let tested: QueueUnderTest;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      tested = await parts.createQueue();
    });

    it('takes nothing when there is nothing to hand on', async () => {
      expect(await tested.queue.send([])).toEqual([]);
    });

    it('puts each wake on the queue of what it is for', async () => {
      const kinds = ['sms', 'email', 'call', 'look'] as const;
      expect(await tested.queue.send(kinds.map((kind, index) => wake(index, kind)))).toEqual([]);
      for (const [index, kind] of kinds.entries()) expect(tested.taken(kind)).toEqual([wake(index, kind)]);
    });

    it('hands on more than a batch, each once and with its own delay', async () => {
      const wakes = Array.from({ length: 123 }, (_, index) => wake(index, 'sms', index % 61));
      expect(await tested.queue.send(wakes)).toEqual([]);
      expect(sorted(tested.taken('sms'))).toEqual(sorted(wakes));
    });

    it('keeps the longest delay that a queue knows', async () => {
      await tested.queue.send([wake(1, 'look', 900)]);
      expect(tested.taken('look')).toEqual([wake(1, 'look', 900)]);
    });

    it.each([901, -1, 0.5])('refuses a delay of %s seconds and hands on nothing', async (delaySeconds) => {
      await expect(tested.queue.send([wake(1), wake(2, 'sms', delaySeconds)])).rejects.toThrow(RangeError);
      expect(tested.taken('sms')).toEqual([]);
    });

    it('gives back what was not taken and hands on the rest', async () => {
      tested.refuse(({ message }) => message.debtorId.endsWith('3'));
      const wakes = Array.from({ length: 25 }, (_, index) => wake(index));
      const notTaken = await tested.queue.send(wakes);
      expect(sorted(notTaken)).toEqual([wake(3), wake(13), wake(23)]);
      expect(tested.taken('sms')).toHaveLength(22);
    });
  });
}

function sorted(wakes: readonly QueuedWake[]): QueuedWake[] {
  return wakes.toSorted((a, b) => a.message.wakeAt - b.message.wakeAt);
}
