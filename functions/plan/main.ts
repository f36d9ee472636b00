import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('plan', environmentSchemas.plan);
const { environment, clock, telemetry } = start;
const rules = openConfig(import.meta.url, start);
const store = openDebtorStore(environment);

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, rules, telemetry }));
