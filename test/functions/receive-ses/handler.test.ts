import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/receive-ses/handler.ts';
import { evidenceFor } from '#test/builders/evidence.ts';
import { debtor } from '#test/builders/person.ts';
import { entry, noon } from '#test/builders/stored.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { verifyByItsWord } from '#test/fakes/fake-topic-verifier.ts';
import { queueEvent } from '../events.ts';

const destination = 'mei.lin@example.com';

function envelope(message: unknown, signed = true): object {
  return { signed, Message: typeof message === 'string' ? message : JSON.stringify(message) };
}

function event(eventType: string, details: object = {}): object {
  const tag = (text: string): string[] => [Buffer.from(text).toString('base64url')];
  return {
    eventType,
    mail: { messageId: 'ses-1', tags: { contactId: tag('c-1'), debtorId: tag('P1') } },
    ...details,
  };
}

const hardBounce = event('Bounce', { bounce: { bounceType: 'Permanent' } });

async function receiver() {
  const store = createFakeDebtorStore({ shards: 2 });
  const reserved = entry({ channel: 'email', destination });
  await store.reserve(0, { entry: reserved, next: null, evidence: evidenceFor(reserved) });
  const telemetry = createFakeTelemetry();
  const handle = createHandler({
    store,
    addresses: store,
    clock: createFakeClock(noon),
    verify: verifyByItsWord,
    telemetry,
  });
  return { handle, store, telemetry, person: async () => (await store.load('P1'))! };
}

describe('receive-ses', () => {
  it('moves the contact forward when SES delivered', async () => {
    const { handle, person, telemetry } = await receiver();
    expect(await handle(queueEvent(envelope(event('Delivery'))))).toEqual({ batchItemFailures: [] });
    expect((await person()).attempts).toMatchObject([{ state: 'delivered', providerId: 'ses-1' }]);
    expect(telemetry.counts).toEqual({ receipt_recorded: 1 });
  });

  it.each([
    ['hard bounce', hardBounce, 'hard_bounce'],
    ['complaint', event('Complaint'), 'complaint'],
  ])('ends the address after a %s', async (_, message, reason) => {
    const { handle, person } = await receiver();
    await handle(queueEvent(envelope(message)));
    expect((await person()).endedDestinations).toMatchObject([
      { channel: 'email', value: destination, reason },
    ]);
  });

  it('ends e-mail for whoever complained, but not for whose mailbox is gone', async () => {
    const gone = await receiver();
    await gone.handle(queueEvent(envelope(hardBounce)));
    expect((await gone.person()).consents).toEqual([]);
    const complaining = await receiver();
    await complaining.handle(queueEvent(envelope(event('Complaint'))));
    expect((await complaining.person()).consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
  });

  it('ends the address for everybody who has it, however they write it', async () => {
    const { handle, store } = await receiver();
    const shared = debtor({ debtorId: 'P2', email: 'Mei.Lin@example.com' });
    const other = debtor({ debtorId: 'P3', email: 'other@example.com' });
    await store.saveFeeds([
      { debtorId: 'P2', debtor: shared, accounts: [], stops: false },
      { debtorId: 'P3', debtor: other, accounts: [], stops: false },
    ]);
    await handle(queueEvent(envelope(event('Complaint'))));
    expect((await store.load('P2'))?.endedDestinations).toMatchObject([
      { channel: 'email', value: 'Mei.Lin@example.com', reason: 'complaint' },
    ]);
    expect((await store.load('P2'))?.consents).toEqual([]);
    expect((await store.load('P3'))?.endedDestinations).toEqual([]);
  });

  it('changes nothing on a notification without our signature, and does not ask for it again', async () => {
    const { handle, person, telemetry } = await receiver();
    const before = await person();
    expect(await handle(queueEvent(envelope(hardBounce, false)))).toEqual({ batchItemFailures: [] });
    expect(await person()).toEqual(before);
    expect(telemetry.counts).toEqual({ signature_refused: 1 });
  });

  it('gives back only the notification that it could not read', async () => {
    const { handle, person } = await receiver();
    const answer = await handle(
      queueEvent('no json', envelope({ strange: true }), envelope(event('Delivery'))),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-2' }] });
    expect((await person()).attempts).toMatchObject([{ state: 'delivered' }]);
  });

  it('passes over the greeting with which SES begins', async () => {
    const { handle, telemetry } = await receiver();
    const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';
    expect(await handle(queueEvent(envelope(greeting)))).toEqual({ batchItemFailures: [] });
    expect(telemetry.counts).toEqual({ greeting: 1 });
  });

  it('counts a word of SES that it does not know', async () => {
    const { handle, telemetry } = await receiver();
    expect(await handle(queueEvent(envelope(event('Teleported'))))).toEqual({ batchItemFailures: [] });
    expect(telemetry.counts).toEqual({ unrecognised: 1, receipt_unusable: 1 });
  });
});
