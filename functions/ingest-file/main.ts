import { createDroppedFiles } from '#functions/_adapters/s3/dropped-files.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('ingest-file', environmentSchemas['ingest-file']);
const store = openDebtorStore(environment);

export const handler = lambdaEntry(
  telemetry,
  createHandler({ store, clock, files: createDroppedFiles(), telemetry }),
);
