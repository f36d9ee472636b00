import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createStopReader } from '#functions/_adapters/dynamodb/read-stops.ts';
import { twilioCallPlacer } from '#functions/_adapters/twilio/twilio-call-placer.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { openTwilio } from '#functions/_runtime/open-twilio.ts';
import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('place-call', environmentSchemas['place-call']);
const { environment, clock, telemetry } = start;
const table = openTable(environment);
const store = createDebtorStore(table);
const rules = rulesInForce({
  config: openConfig(import.meta.url, start),
  stops: createStopReader(table),
  clock,
});
const sender = twilioCallPlacer(openTwilio(environment, { clock, telemetry }));

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, rules, sender, telemetry }));
