import { describe, expect, it } from 'vitest';
import { InvalidMessageError, parseMessage } from '#functions/_runtime/parse-message.ts';
import { WakeMessageSchema } from '#shared/contracts/queue-message.ts';

const wake = { version: 1, debtorId: 'P1', wakeAt: 1_000, wakeFor: 'sms' };

describe('parseMessage', () => {
  it('reads a message in the form of its contract', () => {
    expect(parseMessage(WakeMessageSchema, JSON.stringify(wake))).toEqual(wake);
  });

  it.each([
    ['text that is not JSON', '{', 'message: not JSON'],
    ['a missing field', JSON.stringify({ ...wake, debtorId: undefined }), 'debtorId: '],
    ['an unknown field', JSON.stringify({ ...wake, phone: '+12025550123' }), '"phone"'],
    ['an unknown version', JSON.stringify({ ...wake, version: 2 }), 'version: '],
  ])('names %s', (_, text, problem) => {
    expect(() => parseMessage(WakeMessageSchema, text)).toThrow(InvalidMessageError);
    expect(() => parseMessage(WakeMessageSchema, text)).toThrow(problem);
  });

  it('does not repeat a wrong value, which may be personal', () => {
    const text = JSON.stringify({ ...wake, debtorId: 'mei.lin@example.com' });
    expect(() => parseMessage(WakeMessageSchema, text)).toThrow(/^(?!.*mei\.lin)/);
  });
});
