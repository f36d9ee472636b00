import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('ingest', environmentSchemas.ingest);
const store = openDebtorStore(environment);

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, telemetry }));
