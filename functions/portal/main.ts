import { randomUUID } from 'node:crypto';
import { createLinkStore } from '#functions/_adapters/dynamodb/link-store.ts';
import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import { createStripeCheckout } from '#functions/_adapters/stripe/stripe-checkout.ts';
import { createStripeHttp } from '#functions/_adapters/stripe/stripe-http.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';
import { createPageTokens } from './page-tokens.ts';
import { sessionCookieFor } from './session-cookie.ts';

const start = startFunction('portal', environmentSchemas.portal);
const { environment, clock, telemetry } = start;
const { table, store, rules } = openDeciding(start, openConfig(import.meta.url, start));
const { LINK_SECRET_ID, CALLBACK_SECRET_ID, STRIPE_SECRET_ID, PORTAL_URL: publicUrl } = environment;
const stripe = createStripeHttp({
  baseUrl: environment.STRIPE_BASE_URL,
  secret: createSecretReader({ secretId: STRIPE_SECRET_ID, clock }),
});

export const handler = lambdaEntry(
  telemetry,
  createHandler({
    store,
    links: createLinkStore(table),
    clock,
    rules,
    tokens: createPageTokens(createSecretReader({ secretId: LINK_SECRET_ID, clock }), clock),
    cookie: sessionCookieFor(publicUrl),
    callbackSecret: createSecretReader({ secretId: CALLBACK_SECRET_ID, clock }),
    checkout: createStripeCheckout({ http: stripe, clock }),
    publicUrl,
    newId: randomUUID,
    telemetry,
  }),
);
