import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { createStopReader } from '#functions/_adapters/dynamodb/read-stops.ts';
import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfigLater } from '#functions/_runtime/open-config.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { rulesInForce } from '#functions/_runtime/rules-in-force.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('receive-twilio', environmentSchemas['receive-twilio']);
const { environment, clock, telemetry } = start;
const authToken = createSecretReader({ secretId: environment.TWILIO_TOKEN_SECRET_ID, clock });
const table = openTable(environment);
const store = createDebtorStore(table);
const rules = rulesInForce({
  config: openConfigLater(import.meta.url, start),
  stops: createStopReader(table),
  clock,
});

export const handler = lambdaEntry(
  telemetry,
  createHandler({ store, clock, rules, authToken, publicUrl: environment.PUBLIC_URL, telemetry }),
);
