import { readInboundSms } from '#functions/_adapters/twilio/inbound-sms.ts';
import { toSmsTwiml } from '#functions/_adapters/twilio/sms-twiml.ts';
import type { TwilioWebhook } from '#functions/_adapters/twilio/status-callback.ts';
import { twimlContentType } from '#functions/_adapters/twilio/voice-twiml.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import type { HttpAnswer } from '#functions/_runtime/http.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { strangerText } from '#shared/core/render/stranger-text.ts';
import { receiveMessage, type ReceiveMessageParts } from '#shared/usecases/receive-message.ts';

/**
 * Takes in a text message. A person who is known is answered by a contact of their own; only whoever is not gets an answer here.
 * What could not be finished fails, so that Twilio asks the second address that it was given (docs/deployment.md).
 */
export async function answerSms(
  webhook: TwilioWebhook,
  parts: ReceiveMessageParts & { readonly telemetry: Telemetry },
): Promise<HttpAnswer> {
  const { telemetry, rules } = parts;
  const message = readInboundSms(webhook, countUnrecognised(telemetry));
  if (message === undefined) {
    telemetry.count('sms_unusable');
    return twiml(undefined);
  }
  const { kind, answer } = await receiveMessage(message, parts);
  telemetry.count(`sms_${kind}`);
  if (kind === 'busy') return { statusCode: 503 };
  return twiml(answer && strangerText((await rules.current()).templates, answer));
}

function twiml(text: string | undefined): HttpAnswer {
  return { statusCode: 200, headers: { 'content-type': twimlContentType }, body: toSmsTwiml(text) };
}
