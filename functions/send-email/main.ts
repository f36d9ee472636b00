import { createSesClient, sesEmailSender } from '#functions/_adapters/ses/ses-email-sender.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { readRules } from '#functions/_runtime/read-rules.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

/** Longest that SES may take to answer. After it nobody knows whether the e-mail left. */
const sesTimeoutMs = 8_000;

const { environment, clock, telemetry } = startFunction('send-email', environmentSchemas['send-email']);
const rules = readRules(import.meta.url);
const store = openDebtorStore(environment);
const sender = sesEmailSender({
  client: createSesClient(),
  configurationSet: environment.SES_CONFIGURATION_SET,
  timeoutMs: sesTimeoutMs,
  onUnrecognised: countUnrecognised(telemetry),
});

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, rules, sender, telemetry }));
