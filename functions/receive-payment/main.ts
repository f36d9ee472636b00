import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import { findAccount } from '#functions/_adapters/dynamodb/find-account.ts';
import { createParkedPayments } from '#functions/_adapters/dynamodb/parked-payments.ts';
import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { findStripeOwner } from '#functions/_adapters/stripe/stripe-owner.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfigAs } from '#functions/_runtime/open-config-as.ts';
import { openTable } from '#functions/_runtime/open-debtor-store.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('receive-payment', environmentSchemas['receive-payment']);
const { environment, clock, telemetry } = start;
const table = openTable(environment);
const stripeSecret = createSecretReader({ secretId: environment.STRIPE_SECRET_ID, clock });
const stripe = createStripeHttp({ baseUrl: environment.STRIPE_BASE_URL, secret: stripeSecret });
const queues = openConfigAs(({ agreements }) => agreements.queue, import.meta.url, start);

export const handler = lambdaEntry(
  telemetry,
  createHandler({
    store: createDebtorStore(table),
    parked: createParkedPayments(table),
    clock,
    telemetry,
    queue: () => queues.current(),
    callbackSecret: createSecretReader({ secretId: environment.CALLBACK_SECRET_ID, clock }),
    stripeSecret,
    ownerOf: (accountId) => findAccount(table, accountId),
    stripeOwnerOf: (paymentId) => findStripeOwner(stripe, paymentId),
  }),
);
