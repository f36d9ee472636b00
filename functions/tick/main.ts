import { createQueueClient } from '#functions/_adapters/sqs/client.ts';
import { createWakeQueue } from '#functions/_adapters/sqs/wake-queue.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('tick', environmentSchemas.tick);
const { limits } = readConfigBundle(new URL('config.json', import.meta.url));
const rules = { current: () => Promise.resolve({ limits, stops: [] }) };
const store = openDebtorStore(environment);
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
