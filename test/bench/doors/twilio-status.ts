import twilioWebhooks from 'twilio/lib/webhooks/webhooks.js';
import { createHandler } from '#functions/receive-twilio/handler.ts';
import type { HttpRequest } from '#functions/_runtime/http.ts';
import { readMessageStatus } from '#functions/_adapters/twilio/status-callback.ts';
import { messageStatusPath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { entry } from '#test/builders/stored.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { spoiltBodies, spoiltHeader, type Door, type DoorParts } from './door.ts';

const publicUrl = 'https://hooks.example.com';
const token = 'token-of-the-bench';
const query = 'contactId=c-1&debtorId=P1';

/** Twilio's status callback: form fields under Twilio's own signature. */
export async function twilioStatusDoor(parts: DoorParts): Promise<Door> {
  const reserved = entry({ channel: 'sms' });
  await parts.store.reserve(0, { entry: reserved, next: null, evidence: evidenceFor(reserved) });
  const secrets = { authToken: () => Promise.resolve(token), publicUrl };
  const handle = createHandler({
    ...parts,
    ...secrets,
    addresses: parts.store,
    telemetry: createFakeTelemetry(),
  });

  const signed = (form: Readonly<Record<string, string>>, by = token, origin = publicUrl): HttpRequest => ({
    routeKey: `POST ${messageStatusPath}`,
    rawPath: messageStatusPath,
    rawQueryString: query,
    headers: {
      'x-twilio-signature': twilioWebhooks.getExpectedTwilioSignature(
        by,
        `${origin}${messageStatusPath}?${query}`,
        { ...form },
      ),
    },
    body: new URLSearchParams(form).toString(),
    isBase64Encoded: false,
  });
  const formOf = (number: number) => ({
    AccountSid: `AC${number.toString(16).padStart(32, '0')}`,
    MessageSid: `SM${number.toString(16).padStart(32, '0')}`,
    MessageStatus: 'delivered',
    To: '+12025550123',
  });

  return {
    name: 'twilio status',
    valid: (number) => Promise.resolve(signed(formOf(number))),
    mutants: (valid, random) => {
      const form = Object.fromEntries(new URLSearchParams(valid.body));
      const meaning = meaningOf(valid.body);
      const changes = [
        ...spoiltBodies(valid, random),
        { how: 'field twice', request: { ...valid, body: `${valid.body ?? ''}&MessageStatus=failed` } },
      ];
      return Promise.resolve([
        // Twilio signs the fields whatever their order and way of being written; what we never read may be lost.
        ...changes.filter(({ request }) => meaningOf(request.body) !== meaning),
        ...spoiltHeader(valid, 'x-twilio-signature', random),
        { how: 'other query', request: { ...valid, rawQueryString: query.replace('c-1', 'c-2') } },
        { how: 'other order', request: { ...valid, rawQueryString: query.split('&').reverse().join('&') } },
        { how: 'other encoding', request: { ...valid, body: encodeURIComponent(valid.body ?? '') } },
        { how: 'other path', request: { ...valid, rawPath: '/twilio/call-status' } },
        { how: 'foreign tenant', request: signed(form, 'token-of-another') },
        { how: 'other origin', request: signed(form, token, 'https://other.example.com') },
      ]);
    },
    handle,
    isRefused: ({ statusCode, body }) => statusCode === 403 && body === undefined,
    bare: async (request) => {
      const webhook = {
        query: new URLSearchParams(request.rawQueryString),
        form: new URLSearchParams(request.body),
        receivedAt: parts.clock.now(),
      };
      const receipt = readMessageStatus(webhook, () => undefined);
      return receipt && receiveReceipt(receipt, parts);
    },
  };
}

/** What a form says to us. */
function meaningOf(body = ''): string {
  const form = new URLSearchParams(body);
  const read = ['AccountSid', 'MessageSid', 'MessageStatus', 'ErrorCode'];
  return JSON.stringify(read.map((name) => form.getAll(name)));
}
