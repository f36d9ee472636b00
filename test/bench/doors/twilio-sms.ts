import { readInboundSms } from '#functions/_adapters/twilio/inbound-sms.ts';
import { messageStatusPath, smsPath } from '#functions/_adapters/twilio/webhook-urls.ts';
import { createHandler } from '#functions/receive-twilio/handler.ts';
import { receiveMessage } from '#shared/usecases/receive-message.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import type { Door, DoorParts } from './door.ts';
import { sidOf, twilioForm, twilioSecrets } from './twilio-form.ts';

/** A text message of P1 by Twilio's webhook. */
export function twilioSmsDoor(parts: DoorParts): Promise<Door> {
  const receiving = { ...parts, addresses: parts.store };
  const handle = createHandler({ ...receiving, ...twilioSecrets, telemetry: createFakeTelemetry() });
  const { signed, mutants } = twilioForm({
    path: smsPath,
    otherPath: messageStatusPath,
    read: ['AccountSid', 'MessageSid', 'From', 'To', 'Body', 'NumMedia', 'OptOutType'],
  });
  const formOf = (number: number) => ({
    AccountSid: sidOf('AC', number),
    MessageSid: sidOf('SM', number),
    From: '+8613900000001',
    To: '+12025550101',
    Body: 'please call me',
    NumMedia: '0',
  });

  return Promise.resolve({
    name: 'twilio sms',
    valid: (number) => Promise.resolve(signed(formOf(number))),
    mutants: (valid, random) => {
      const { body = '' } = valid;
      const bodies = [
        { how: 'field twice', request: { ...valid, body: `${body}&Body=STOP` } },
        { how: 'added keyword', request: { ...valid, body: `${body}&OptOutType=STOP` } },
        {
          how: 'other sender',
          request: { ...valid, body: body.replace('13900000001', '13900000002') },
        },
      ];
      const others = [{ how: 'added query', request: { ...valid, rawQueryString: 'debtorId=P2' } }];
      return Promise.resolve(mutants(valid, random, { bodies, others }));
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
