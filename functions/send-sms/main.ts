import { twilioSmsSender } from '#functions/_adapters/twilio/twilio-sms-sender.ts';
import { openLinks } from '#functions/_runtime/open-links.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDeciding } from '#functions/_runtime/open-deciding.ts';
import { openTwilio } from '#functions/_runtime/open-twilio.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('send-sms', environmentSchemas['send-sms']);
const { environment, clock, telemetry } = start;
const { store, rules } = openDeciding(start, openConfig(import.meta.url, start));
const sender = twilioSmsSender(openTwilio(environment, { clock, telemetry }));

export const handler = lambdaEntry(
  telemetry,
  createHandler({ store, clock, rules, sender, links: openLinks(start), telemetry }),
);
