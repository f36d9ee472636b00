import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCallStatus, readMessageStatus } from '#functions/_adapters/twilio/status-callback.ts';
import { callStatusPath, messageStatusPath, webhookUrl } from '#functions/_adapters/twilio/webhook-urls.ts';
import { ReceiptSchema, type Receipt } from '#shared/contracts/receipt.ts';
import { toInstant } from '#shared/kernel/instant.ts';

interface Sample {
  readonly name: string;
  readonly source: string;
  readonly path: string;
  readonly form: string;
  readonly receipt: Partial<Receipt>;
}

const samples = JSON.parse(
  readFileSync(new URL('../../../golden/twilio-callbacks.json', import.meta.url), 'utf8'),
) as Sample[];
const contact = { contactId: 'c-1', debtorId: 'D.1:x' };
const receivedAt = toInstant(Date.parse('2026-11-02T15:00:00Z'));
const query = new URL(webhookUrl('https://example.com', messageStatusPath, contact)).searchParams;
const readers = { [messageStatusPath]: readMessageStatus, [callStatusPath]: readCallStatus } as Record<
  string,
  typeof readCallStatus
>;

function read(
  path: string,
  form: string,
  of = query,
): { receipt: Receipt | undefined; unrecognised: string[] } {
  const unrecognised: string[] = [];
  const webhook = { query: of, form: new URLSearchParams(form), receivedAt };
  const receipt = readers[path]!(webhook, ({ field, value }) => unrecognised.push(`${field}=${value}`));
  return { receipt, unrecognised };
}

describe('a status callback', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'becomes a receipt: %s',
    (_, { path, form, receipt }) => {
      const result = read(path, form);
      expect(result).toEqual({ receipt: { ...contact, at: receivedAt, ...receipt }, unrecognised: [] });
      expect(ReceiptSchema.parse(result.receipt)).toEqual(result.receipt);
    },
  );

  it.each([
    ['a message status', messageStatusPath, 'MessageStatus=teleported', ['MessageStatus=teleported']],
    ['no message status', messageStatusPath, 'MessageSid=SM1', ['MessageStatus=']],
    ['a call status', callStatusPath, 'CallStatus=teleported', ['CallStatus=teleported']],
    ['a word that every object has', callStatusPath, 'CallStatus=constructor', ['CallStatus=constructor']],
  ])('in an unknown word gives no receipt and is counted: %s', (_, path, form, unrecognised) => {
    expect(read(path, form)).toEqual({ receipt: undefined, unrecognised });
  });

  it('with an unknown error code keeps its state, and the code is counted', () => {
    expect(read(messageStatusPath, 'MessageStatus=undelivered&ErrorCode=39999')).toEqual({
      receipt: { ...contact, channel: 'sms', state: 'undelivered', at: receivedAt, reason: 'unrecognised' },
      unrecognised: ['ErrorCode=39999'],
    });
  });

  it('with an unknown kind of answer counts as answered, which is the stricter reading', () => {
    expect(read(callStatusPath, 'CallStatus=completed&AnsweredBy=parrot')).toMatchObject({
      receipt: { state: 'answered' },
      unrecognised: ['AnsweredBy=parrot'],
    });
  });

  it.each(['', 'contactId=c-1', 'contactId=c%201&debtorId=D1', `contactId=${'c'.repeat(200)}&debtorId=D1`])(
    'that names no contact of ours gives no receipt: %s',
    (text) => {
      const { receipt, unrecognised } = read(
        messageStatusPath,
        'MessageStatus=sent',
        new URLSearchParams(text),
      );
      expect(receipt).toBeUndefined();
      expect(unrecognised).toHaveLength(1);
    },
  );

  it('of a message to us is no receipt', () => {
    expect(read(messageStatusPath, 'MessageStatus=received')).toEqual({
      receipt: undefined,
      unrecognised: [],
    });
  });
});
