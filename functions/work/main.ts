import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('work', environmentSchemas.work);
const { clock, telemetry } = start;
const { store, rules } = openDeciding(start, openConfig(import.meta.url, start));

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, rules, telemetry }));
