import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Telemetry } from './telemetry.ts';

/**
 * Works on each message of a batch by itself. One that fails is logged and reported, so that only it comes again; after
 * the queue's number of tries it goes to the dead letters.
 */
export async function eachMessage(
  event: SQSEvent,
  telemetry: Telemetry,
  work: (body: string) => Promise<void>,
): Promise<SQSBatchResponse> {
  const failures = await Promise.all(
    event.Records.map(async ({ messageId, body }) => {
      try {
        await work(body);
        return [];
      } catch (error) {
        telemetry.error('message_failed', error, { messageId });
        telemetry.count('message_failed');
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failures.flat() };
}
