import { createAddressBook } from '#functions/_adapters/dynamodb/address-book.ts';
import { createAddressNotes } from '#functions/_adapters/dynamodb/address-notes.ts';
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
const { table, store, rules } = openDeciding(start, openConfigLater(import.meta.url, start));

export const handler = lambdaEntry(
  telemetry,
  createHandler({
    ...{ store, clock, rules, authToken, telemetry },
    addresses: createAddressBook(table),
    notes: createAddressNotes(table),
    publicUrl: environment.PUBLIC_URL,
  }),
);
