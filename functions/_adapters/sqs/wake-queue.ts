import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import { assertDelay } from '#shared/kernel/queue-delay.ts';
import type { QueuedWake, WakeQueue } from '#shared/ports/wake-queue.ts';

/** SQS's limit on one batch, in messages. */
const messagesPerBatchMax = 10;
/** Batches under way at once. */
const batchesAtOnce = 8;

interface WakeQueueParts {
  readonly client: SQSClient;
  readonly queueUrls: Readonly<Record<WakeFor, string>>;
}

interface Batch {
  readonly queueUrl: string;
  readonly wakes: readonly QueuedWake[];
}

/**
 * One SQS queue for each thing a wake-up is for.
 *
 * A message that SQS refuses, and every message of a request that fails, counts as not taken and is tried again at the
 * next tick; a message that was taken after all then arrives twice, which is harmless. When every request fails, the
 * queue is out of reach or forbidden and not merely busy: the first error is thrown, so that it shows.
 */
export function createWakeQueue({ client, queueUrls }: WakeQueueParts): WakeQueue {
  return {
    send: async (wakes) => {
      for (const wake of wakes) assertDelay(wake.delaySeconds);
      const batches = toBatches(wakes, queueUrls);
      const notTaken: QueuedWake[] = [];
      const failures: unknown[] = [];
      const waiting = batches.values();
      const worker = async () => {
        for (const batch of waiting) {
          try {
            notTaken.push(...(await sendBatch(client, batch)));
          } catch (error) {
            failures.push(error);
            notTaken.push(...batch.wakes);
          }
        }
      };
      await Promise.all(Array.from({ length: batchesAtOnce }, worker));
      if (batches.length > 0 && failures.length === batches.length) throw failures[0];
      return notTaken;
    },
  };
}

function toBatches(wakes: readonly QueuedWake[], queueUrls: Readonly<Record<WakeFor, string>>): Batch[] {
  const batches: Batch[] = [];
  for (const [wakeFor, group] of Map.groupBy(wakes, (wake) => wake.message.wakeFor)) {
    for (let start = 0; start < group.length; start += messagesPerBatchMax) {
      batches.push({ queueUrl: queueUrls[wakeFor], wakes: group.slice(start, start + messagesPerBatchMax) });
    }
  }
  return batches;
}

/** Gives back the wakes that SQS did not take; an entry's id is its place in the batch. */
async function sendBatch(client: SQSClient, { queueUrl, wakes }: Batch): Promise<QueuedWake[]> {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: wakes.map((wake, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(wake.message),
        DelaySeconds: wake.delaySeconds,
      })),
    }),
  );
  const failed = new Set(Failed.map((failure) => failure.Id));
  return wakes.filter((_, index) => failed.has(String(index)));
}
