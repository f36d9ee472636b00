import { bodyOf, type HttpAnswer, type HttpRequest } from '#functions/_runtime/http.ts';
import { countUnrecognised } from '#functions/_runtime/count-unrecognised.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import {
  readCallStatus,
  readMessageStatus,
  type TwilioWebhook,
} from '#functions/_adapters/twilio/status-callback.ts';
import { isSignedByTwilio, type SignedRequest } from '#functions/_adapters/twilio/twilio-signature.ts';
import { callStateQuery } from '#functions/_adapters/twilio/call-state-query.ts';
import { readVoiceRequest } from '#functions/_adapters/twilio/voice-request.ts';
import { toTwiml, twimlContentType } from '#functions/_adapters/twilio/voice-twiml.ts';
import {
  callStatusPath,
  messageStatusPath,
  smsPath,
  voicePath,
  webhookUrl,
} from '#functions/_adapters/twilio/webhook-urls.ts';
import type { Receipt } from '#shared/contracts/receipt.ts';
import type { AddressBook } from '#shared/ports/address-book.ts';
import type { AddressNotes } from '#shared/ports/address-notes.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';
import { voiceScript } from '#shared/usecases/voice-script.ts';
import { answerSms } from './answer-sms.ts';

export interface ReceiveTwilioParts {
  readonly store: DebtorStore;
  readonly addresses: AddressBook;
  readonly notes: AddressNotes;
  readonly clock: Clock;
  /** Asked first by a call that has to speak or a message that has to be read: a receipt needs none. */
  readonly rules: RulesSource;
  readonly authToken: () => Promise<string>;
  /** Origin that Twilio was told; its signature covers it. */
  readonly publicUrl: string;
  readonly telemetry: Telemetry;
}

/** Twilio's webhooks. A request that does not carry Twilio's signature changes nothing and learns nothing. */
export function createHandler(parts: ReceiveTwilioParts) {
  const { clock, authToken, publicUrl, telemetry } = parts;
  return async (request: HttpRequest): Promise<HttpAnswer> => {
    const { rawPath, rawQueryString, headers } = request;
    const form = new URLSearchParams(bodyOf(request));
    const url = `${publicUrl}${rawPath}${rawQueryString === '' ? '' : `?${rawQueryString}`}`;
    const signed = { url, form, signature: headers['x-twilio-signature'], ...fieldsOf[rawPath] };
    if (!isSignedByTwilio(signed, await authToken())) {
      telemetry.count('signature_refused');
      return { statusCode: 403 };
    }
    return answer(
      rawPath,
      { query: new URLSearchParams(rawQueryString), form, receivedAt: clock.now() },
      parts,
    );
  };
}

/** What Twilio always sends to each of our paths. */
const fieldsOf: Readonly<Record<string, Pick<SignedRequest, 'needs' | 'has'>>> = {
  [messageStatusPath]: { needs: ['MessageSid', 'MessageStatus'] },
  [callStatusPath]: { needs: ['CallSid', 'CallStatus'] },
  [voicePath]: { needs: ['CallSid'] },
  [smsPath]: { needs: ['MessageSid', 'From', 'To'], has: ['Body', 'NumMedia'] },
};

async function answer(path: string, webhook: TwilioWebhook, parts: ReceiveTwilioParts): Promise<HttpAnswer> {
  const onUnrecognised = countUnrecognised(parts.telemetry);
  switch (path) {
    case messageStatusPath:
      return receive(readMessageStatus(webhook, onUnrecognised), parts);
    case callStatusPath:
      return receive(readCallStatus(webhook, onUnrecognised), parts);
    case voicePath:
      return speak(webhook, parts);
    case smsPath:
      return answerSms(webhook, parts);
    default:
      return { statusCode: 404 };
  }
}

/** A receipt that we cannot use is answered like any other: Twilio could only send the same once more. */
async function receive(
  receipt: Receipt | undefined,
  { store, telemetry }: ReceiveTwilioParts,
): Promise<HttpAnswer> {
  telemetry.count(`receipt_${receipt === undefined ? 'unusable' : await receiveReceipt(receipt, { store })}`);
  return { statusCode: 204 };
}

async function speak(webhook: TwilioWebhook, parts: ReceiveTwilioParts): Promise<HttpAnswer> {
  const moment = readVoiceRequest(webhook, countUnrecognised(parts.telemetry));
  if (moment === undefined) return { statusCode: 404 };
  parts.telemetry.count(`voice_${moment.answeredBy}`);
  const script = await voiceScript(moment, parts);
  const body = toTwiml(script, (state) =>
    webhookUrl(parts.publicUrl, voicePath, moment, callStateQuery(state)),
  );
  return { statusCode: 200, headers: { 'content-type': twimlContentType }, body };
}
