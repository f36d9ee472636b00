import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import { readInboundSms } from '#functions/_adapters/twilio/inbound-sms.ts';
import { smsPath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { createHandler } from '#functions/receive-twilio/handler.ts';
import type { HttpRequest } from '#functions/_runtime/http.ts';
import { receiveMessage } from '#shared/usecases/receive-message.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { spoiltBodies, spoiltHeader, type Door, type DoorParts } from './door.ts';

const publicUrl = 'https://hooks.example.com';
const token = 'token-of-the-bench';

/** A text message of P1 by Twilio's webhook: form fields under Twilio's own signature. */
export function twilioSmsDoor(parts: DoorParts): Promise<Door> {
  const receiving = { ...parts, addresses: parts.store };
  const secrets = { authToken: () => Promise.resolve(token), publicUrl };
  const handle = createHandler({ ...receiving, ...secrets, telemetry: createFakeTelemetry() });

  const signed = (form: Readonly<Record<string, string>>, by = token, origin = publicUrl): HttpRequest => ({
    ...{ routeKey: `POST ${smsPath}`, rawPath: smsPath, rawQueryString: '', isBase64Encoded: false },
    headers: {
      'x-twilio-signature': twilioWebhooks.getExpectedTwilioSignature(by, `${origin}${smsPath}`, { ...form }),
    },
    body: new URLSearchParams(form).toString(),
  });
  const formOf = (number: number) => ({
    AccountSid: `AC${number.toString(16).padStart(32, '0')}`,
    MessageSid: `SM${number.toString(16).padStart(32, '0')}`,
    From: '+8613900000001',
    To: '+12025550101',
    Body: 'please call me',
    NumMedia: '0',
  });

  return Promise.resolve({
    name: 'twilio sms',
    valid: (number) => Promise.resolve(signed(formOf(number))),
    mutants: (valid, random) => {
      const form = Object.fromEntries(new URLSearchParams(valid.body));
      const meaning = meaningOf(valid.body);
      const changes = [
        ...spoiltBodies(valid, random),
        { how: 'field twice', request: { ...valid, body: `${valid.body ?? ''}&Body=STOP` } },
        { how: 'added keyword', request: { ...valid, body: `${valid.body ?? ''}&OptOutType=STOP` } },
        {
          how: 'other sender',
          request: { ...valid, body: (valid.body ?? '').replace('13900000001', '13900000002') },
        },
      ];
      return Promise.resolve([
        // Twilio signs the fields whatever their order and way of being written; what we never read may be lost.
        ...changes.filter(({ request }) => meaningOf(request.body) !== meaning),
        ...spoiltHeader(valid, 'x-twilio-signature', random),
        { how: 'added query', request: { ...valid, rawQueryString: 'debtorId=P2' } },
        { how: 'other encoding', request: { ...valid, body: encodeURIComponent(valid.body ?? '') } },
        { how: 'other path', request: { ...valid, rawPath: '/twilio/message-status' } },
        { how: 'foreign tenant', request: signed(form, 'token-of-another') },
        { how: 'other origin', request: signed(form, token, 'https://other.example.com') },
      ]);
    },
    handle,
    isRefused: ({ statusCode, body }) => statusCode === 403 && body === undefined,
    bare: async (request) => {
      const form = new URLSearchParams(request.body);
      const message = readInboundSms({ form, receivedAt: parts.clock.now() }, () => undefined);
      return message && receiveMessage(message, receiving);
    },
  });
}

/** What a form says to us. */
function meaningOf(body = ''): string {
  const form = new URLSearchParams(body);
  const read = ['AccountSid', 'MessageSid', 'From', 'To', 'Body', 'NumMedia', 'OptOutType'];
  return JSON.stringify(read.map((name) => form.getAll(name)));
}
