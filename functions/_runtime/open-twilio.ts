import { createSecretReader } from '#functions/_adapters/secrets/secret-reader.ts';
import { createTwilioHttp } from '#functions/_adapters/twilio/twilio-http.ts';
import type { TwilioSenderOptions } from '#functions/_adapters/twilio/twilio-sms-sender.ts';
import type { FunctionEnvironment } from '#shared/contracts/environment.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { countUnrecognised } from './count-unrecognised.ts';
import type { Telemetry } from './telemetry.ts';

/** Longest that Twilio may take to answer. After it nobody knows whether the contact was made. */
const twilioTimeoutMs = 8_000;

/** What both of Twilio's senders need, from the environment of their function. */
export function openTwilio(
  environment: FunctionEnvironment<'send-sms' | 'place-call'>,
  { clock, telemetry }: { readonly clock: Clock; readonly telemetry: Telemetry },
): TwilioSenderOptions {
  const authToken = createSecretReader({ secretId: environment.TWILIO_TOKEN_SECRET_ID, clock });
  const http = createTwilioHttp({
    baseUrl: environment.TWILIO_BASE_URL,
    accountSid: environment.TWILIO_ACCOUNT_SID,
    authToken,
    clock,
    timeoutMs: twilioTimeoutMs,
  });
  return { http, clock, publicUrl: environment.PUBLIC_URL, onUnrecognised: countUnrecognised(telemetry) };
}
