import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createExperimentCounts } from '#functions/_adapters/dynamodb/experiment-counts.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { readRules } from '#functions/_runtime/read-rules.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('plan', environmentSchemas.plan);
const rules = readRules(import.meta.url);
const table = openTable(environment);
const store = createDebtorStore(table);
const counts = createExperimentCounts(table);

export const handler = lambdaEntry(telemetry, createHandler({ store, counts, clock, rules, telemetry }));
