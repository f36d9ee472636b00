import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Receipt } from '#shared/contracts/receipt.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { Call, CallPlacer, Sms, SmsSender } from '#shared/ports/message-sender.ts';
import type { Trouble } from '#test/fakes/fake-telephony.ts';

/** Fictional numbers that every provider under test has to treat as their names say. */
export const numbers = {
  reachable: '+12025550142',
  other: '+12025550143',
  invalid: '+15005550001',
  optedOut: '+15005550004',
  unreachableHandset: '+15005550103',
  unknownNumber: '+15005550105',
  filtered: '+15005550107',
  mailbox: '+15005550152',
  noAnswer: '+15005550154',
  busy: '+15005550155',
  callFails: '+15005550156',
  deadNumber: '+15005550157',
} as const;

/** A telephone provider to run the cases on. */
export interface TelephonyUnderTest {
  readonly sms: SmsSender;
  readonly calls: CallPlacer;
  now(): number;
  /** Lets virtual time pass, with all that the provider does in it. */
  pass(durationMs: number): Promise<void>;
  /** Contact ids that the provider has taken, in order. */
  taken(): (string | undefined)[];
  /** What the provider has said so far, in order, in our words. */
  receipts(): Receipt[];
  trouble(kind: Trouble | undefined): Promise<void>;
}

export interface TelephonyParts {
  createTelephony(): Promise<TelephonyUnderTest>;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
let ordinal = 0;

/** The cases that every telephone provider has to pass, the fake and the adapter on the emulator alike. */
export function telephonySuite(name: string, start: () => Promise<TelephonyParts>): void {
  describe(name, () => {
    let parts: TelephonyParts;
    let tested: TelephonyUnderTest;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      tested = await parts.createTelephony();
    });

    const contact = (): { contactId: string; debtorId: string } => {
      ordinal += 1;
      return { contactId: `c-${String(ordinal)}`, debtorId: 'D.1:x' };
    };
    const smsTo = (to: string): Sms => ({
      contact: contact(),
      from: '+15005550006',
      to,
      body: '您好 & <hello> = 100%',
      validUntil: toInstant(tested.now() + hourMs),
    });
    const callTo = (to: string): Call => ({
      contact: contact(),
      from: '+15005550006',
      to,
      script: 'reminder',
    });
    const find = (message: Sms | Call, since = tested.now()): ReturnType<SmsSender['findSent']> =>
      ('body' in message ? tested.sms : tested.calls).findSent({
        contact: message.contact,
        to: message.to,
        since: toInstant(since),
      });
    const send = (message: Sms | Call): ReturnType<SmsSender['send']> =>
      'body' in message ? tested.sms.send(message) : tested.calls.send(message);
    const ofBoth = [
      ['an SMS', smsTo],
      ['a call', callTo],
    ] as const;

    describe.each(ofBoth)('%s', (_, to) => {
      it('is accepted with the id under which the provider has it, once', async () => {
        const message = to(numbers.reachable);
        const result = await send(message);
        expect(result).toEqual({ kind: 'accepted', providerId: expect.stringMatching(/./) as string });
        expect(tested.taken()).toEqual([message.contact.contactId]);
      });

      it('to a number that is none is rejected for good and ends the number', async () => {
        expect(await send(to(numbers.invalid))).toMatchObject({
          kind: 'rejected',
          retry: { kind: 'never' },
          ends: 'dead_number',
        });
        expect(tested.taken()).toEqual([]);
      });

      it('above the rate is rejected with a time to try again', async () => {
        await tested.trouble('throttled');
        const result = await send(to(numbers.reachable));
        expect(result).toMatchObject({ kind: 'rejected', reason: 'throttled', retry: { kind: 'after' } });
        expect(tested.taken()).toEqual([]);
      });

      it('to a provider that nobody listens at is rejected with a time to try again', async () => {
        await tested.trouble('unreachable');
        expect(await send(to(numbers.reachable))).toMatchObject({
          kind: 'rejected',
          reason: 'no_connection',
          retry: { kind: 'after' },
        });
      });

      it.each(['answer_lost', 'connection_cut'] as const)(
        'with its %s is unknown, is found, and is still reported',
        async (trouble) => {
          await tested.trouble(trouble);
          const message = to(numbers.reachable);
          expect(await send(message)).toMatchObject({ kind: 'unknown' });
          expect(tested.taken()).toEqual([message.contact.contactId]);
          await tested.trouble(undefined);
          const found = await find(message);
          expect(found).toMatchObject({ kind: 'found' });
          await tested.pass(hourMs);
          const receipt = tested.receipts().at(-1)!;
          expect(receipt).toMatchObject(message.contact);
          expect(found).toMatchObject({ providerId: receipt.providerId });
        },
      );

      it('that met a server error is unknown and is not found when nothing was taken', async () => {
        await tested.trouble('server_error');
        const message = to(numbers.reachable);
        expect(await send(message)).toEqual({ kind: 'unknown', reason: 'provider_error' });
        await tested.trouble(undefined);
        expect(await find(message)).toEqual({ kind: 'not_found' });
      });

      it('is not taken for an earlier one, or for one to somebody else', async () => {
        await send(to(numbers.reachable));
        await send(to(numbers.other));
        await tested.pass(60_000);
        expect(await find(to(numbers.reachable))).toEqual({ kind: 'not_found' });
      });

      it('is not guessed at between two of the same moment', async () => {
        const message = to(numbers.reachable);
        await send(message);
        await send(to(numbers.reachable));
        expect(await find(message)).toEqual({ kind: 'unsupported' });
      });
    });

    it('an SMS to somebody who opted out at the provider ends the number', async () => {
      expect(await send(smsTo(numbers.optedOut))).toMatchObject({
        kind: 'rejected',
        retry: { kind: 'never' },
        ends: 'opted_out_at_provider',
      });
    });

    it('an SMS that is valid no more is never handed to the provider', async () => {
      const result = await send({ ...smsTo(numbers.reachable), validUntil: toInstant(tested.now() + 1_000) });
      expect(result).toMatchObject({ kind: 'rejected', reason: 'expired', retry: { kind: 'after' } });
      expect(tested.taken()).toEqual([]);
    });

    it.each([
      [numbers.reachable, { state: 'delivered' }],
      [numbers.unreachableHandset, { state: 'undelivered', reason: 'unreachable_handset' }],
      [numbers.filtered, { state: 'undelivered', reason: 'filtered_by_carrier' }],
      [
        numbers.unknownNumber,
        { state: 'not_in_service', reason: 'unknown_number', ends: { reason: 'dead_number' } },
      ],
    ])('an SMS to %s ends as %o', async (to, expected) => {
      const message = smsTo(to);
      const result = await send(message);
      await tested.pass(hourMs);
      expect(tested.receipts().at(-1)).toEqual({
        ...message.contact,
        channel: 'sms',
        at: expect.any(Number) as number,
        providerId: result.kind === 'accepted' ? result.providerId : '',
        ...expected,
      });
    });

    it.each([
      [numbers.reachable, { state: 'answered' }],
      [numbers.mailbox, { state: 'voicemail' }],
      [numbers.noAnswer, { state: 'no_answer' }],
      [numbers.busy, { state: 'busy' }],
      [numbers.callFails, { state: 'failed', reason: 'call_failed' }],
      [
        numbers.deadNumber,
        { state: 'not_in_service', reason: 'unknown_number', ends: { reason: 'dead_number' } },
      ],
    ])('a call to %s ends as %o', async (to, expected) => {
      const message = callTo(to);
      const result = await send(message);
      await tested.pass(hourMs);
      expect(tested.receipts().at(-1)).toEqual({
        ...message.contact,
        channel: 'call',
        at: expect.any(Number) as number,
        providerId: result.kind === 'accepted' ? result.providerId : '',
        ...expected,
      });
    });
  });
}
