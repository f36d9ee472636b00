import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createParkedPayments } from '#functions/_adapters/dynamodb/parked-payments.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { defaultQueue } from '#shared/contracts/queue.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('ingest', environmentSchemas.ingest);
const table = openTable(environment);
/** This function carries no configuration; a queue of this name always exists. */
const queue = () => Promise.resolve(defaultQueue);

export const handler = lambdaEntry(
  telemetry,
  createHandler({
    store: createDebtorStore(table),
    parked: createParkedPayments(table),
    clock,
    telemetry,
    queue,
  }),
);
