import { createHandler } from '#functions/receive-twilio/handler.ts';
import { readMessageStatus } from '#functions/_adapters/twilio/status-callback.ts';
import { callStatusPath, messageStatusPath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { entry } from '#test/builders/stored.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import type { Door, DoorParts } from './door.ts';
import { sidOf, twilioForm, twilioSecrets } from './twilio-form.ts';

const query = 'contactId=c-1&debtorId=P1';

/** Twilio's status callback of a text message. */
export async function twilioStatusDoor(parts: DoorParts): Promise<Door> {
  const reserved = entry({ channel: 'sms' });
  await parts.store.reserve(0, { entry: reserved, next: null, evidence: evidenceFor(reserved) });
  const handle = createHandler({
    ...parts,
    ...twilioSecrets,
    addresses: parts.store,
    telemetry: createFakeTelemetry(),
  });
  const { signed, mutants } = twilioForm({
    path: messageStatusPath,
    query,
    otherPath: callStatusPath,
    read: ['AccountSid', 'MessageSid', 'MessageStatus', 'ErrorCode'],
  });
  const formOf = (number: number) => ({
    AccountSid: sidOf('AC', number),
    MessageSid: sidOf('SM', number),
    MessageStatus: 'delivered',
    To: '+12025550123',
  });

  return {
    name: 'twilio status',
    valid: (number) => Promise.resolve(signed(formOf(number))),
    mutants: (valid, random) => {
      const twice = `${valid.body ?? ''}&MessageStatus=failed`;
      const bodies = [{ how: 'field twice', request: { ...valid, body: twice } }];
      const others = [
        { how: 'other query', request: { ...valid, rawQueryString: query.replace('c-1', 'c-2') } },
        { how: 'other order', request: { ...valid, rawQueryString: query.split('&').reverse().join('&') } },
      ];
      return Promise.resolve(mutants(valid, random, { bodies, others }));
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
