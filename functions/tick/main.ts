import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createStopReader } from '#functions/_adapters/dynamodb/read-stops.ts';
import { createQueueClient } from '#functions/_adapters/sqs/client.ts';
import { createWakeQueue } from '#functions/_adapters/sqs/wake-queue.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openLimits } from '#functions/_runtime/open-limits.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('tick', environmentSchemas.tick);
const { environment, clock, telemetry } = start;
const table = openTable(environment);
const store = createDebtorStore(table);
const rules = rulesInForce({
  config: openLimits(import.meta.url, start),
  stops: createStopReader(table),
  clock,
});
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
