import { createSesClient, sesEmailSender } from '#functions/_adapters/ses/ses-email-sender.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import { openLinks } from '#functions/_runtime/open-links.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

/** Longest that SES may take to answer. After it nobody knows whether the e-mail left. */
const sesTimeoutMs = 8_000;

const start = startFunction('send-email', environmentSchemas['send-email']);
const { environment, clock, telemetry } = start;
const { INBOUND_MAIL_DOMAIN: inboundDomain } = environment;
const { store, rules } = openDeciding(start, openConfig(import.meta.url, start));
const sender = sesEmailSender({
  client: createSesClient(),
  configurationSet: environment.SES_CONFIGURATION_SET,
  timeoutMs: sesTimeoutMs,
  onUnrecognised: countUnrecognised(telemetry),
});

export const handler = lambdaEntry(
  telemetry,
  createHandler({ store, clock, rules, sender, links: openLinks(start), inboundDomain, telemetry }),
);
