import { createQueueClient } from '#functions/_adapters/sqs/client.ts';
import { createWakeQueue } from '#functions/_adapters/sqs/wake-queue.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openLimits } from '#functions/_runtime/open-limits.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('tick', environmentSchemas.tick);
const { environment, clock, telemetry } = start;
const { store, rules } = openDeciding(start, openLimits(import.meta.url, start));
const queue = createWakeQueue({
  client: createQueueClient(),
  queueUrls: {
    sms: environment.SMS_QUEUE_URL,
    email: environment.EMAIL_QUEUE_URL,
    call: environment.CALL_QUEUE_URL,
    look: environment.LOOK_QUEUE_URL,
  },
});

export const handler = lambdaEntry(
  telemetry,
  createHandler({ store, queue, clock, rules, shards: environment.DUE_SHARDS, telemetry }),
);
