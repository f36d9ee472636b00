import { createExperimentCounts } from '#functions/_adapters/dynamodb/experiment-counts.ts';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('guard-experiments', environmentSchemas['guard-experiments']);
const { environment, clock, telemetry } = start;
const table = openTable(environment);
const stops = createStopStore(table);
const counts = createExperimentCounts(table);
const rules = rulesInForce({ config: openConfig(import.meta.url, start), stops, clock });

export const handler = lambdaEntry(telemetry, createHandler({ counts, stops, rules, clock, telemetry }));
