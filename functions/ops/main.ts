import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { readRules } from '#functions/_runtime/read-rules.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { stoppableNames } from '#shared/core/stops/stoppable-names.ts';
import { createHandler } from './handler.ts';

const { environment, clock, telemetry } = startFunction('ops', environmentSchemas.ops);
const stops = createStopStore(openTable(environment));
const config = readRules(import.meta.url);
const names = async () => stoppableNames(await config.current());

export const handler = lambdaEntry(telemetry, createHandler({ stops, clock, names, telemetry }));
