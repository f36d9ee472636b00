import { twilioSmsSender } from '#functions/_adapters/twilio/twilio-sms-sender.ts';
import { lambdaEntry } from '#functions/_runtime/lambda-entry.ts';
import { openConfig } from '#functions/_runtime/open-config.ts';
import { openDebtorStore } from '#functions/_runtime/open-debtor-store.ts';
import { openTwilio } from '#functions/_runtime/open-twilio.ts';
import { startFunction } from '#functions/_runtime/start-function.ts';
import { environmentSchemas } from '#shared/contracts/environment.ts';
import { createHandler } from './handler.ts';

const start = startFunction('send-sms', environmentSchemas['send-sms']);
const { environment, clock, telemetry } = start;
const rules = openConfig(import.meta.url, start);
const store = openDebtorStore(environment);
const sender = twilioSmsSender(openTwilio(environment, { clock, telemetry }));

export const handler = lambdaEntry(telemetry, createHandler({ store, clock, rules, sender, telemetry }));
