import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfigLater } from '#functions/_runtime/open-config.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('receive-twilio', environmentSchemas['receive-twilio']);
const { environment, clock, telemetry } = start;
const authToken = createSecretReader({ secretId: environment.TWILIO_TOKEN_SECRET_ID, clock });
const { store, rules } = openDeciding(start, openConfigLater(import.meta.url, start));

export const handler = lambdaEntry(
  telemetry,
  createHandler({ store, clock, rules, authToken, publicUrl: environment.PUBLIC_URL, telemetry }),
);
