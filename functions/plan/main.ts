import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createExperimentCounts } from '#functions/_adapters/dynamodb/experiment-counts.ts';
import { createStopReader } from '#functions/_adapters/dynamodb/read-stops.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('plan', environmentSchemas.plan);
const { environment, clock, telemetry } = start;
const table = openTable(environment);
const store = createDebtorStore(table);
const counts = createExperimentCounts(table);
const rules = rulesInForce({
  config: openConfig(import.meta.url, start),
  stops: createStopReader(table),
  clock,
});

export const handler = lambdaEntry(telemetry, createHandler({ store, counts, clock, rules, telemetry }));
