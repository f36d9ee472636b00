import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfigOrBuiltIn } from '#functions/_runtime/open-config.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { stoppableNames } from '#shared/core/stops/stoppable-names.ts';
import { createHandler } from './handler.ts';

const start = startFunction('ops', environmentSchemas.ops);
const { environment, clock, telemetry } = start;
const stops = createStopStore(openTable(environment));
const config = openConfigOrBuiltIn(import.meta.url, start);
const names = async () => stoppableNames(await config.current());

export const handler = lambdaEntry(telemetry, createHandler({ stops, clock, names, telemetry }));
