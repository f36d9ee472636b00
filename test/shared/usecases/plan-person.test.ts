import { describe, expect, it } from 'vitest';
import { planPerson } from '#shared/usecases/plan-person.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';
import { account, at } from '#test/builders/person.ts';
import { world } from '#test/builders/world.ts';

const morning = at('2026-03-02T10:00:00+08:00');
const afternoon = at('2026-03-02T16:45:00+08:00');

describe('planPerson', () => {
  it('stores one wake-up for the next contact', async () => {
    const here = await world({ now: morning });
    expect(await planPerson('P1', here.parts)).toBe('wait');
    const { wakeUp } = await here.load();
    expect(wakeUp?.for).toBe('sms');
    expect(wakeUp?.at).toBeGreaterThanOrEqual(at('2026-03-02T15:00:00+08:00'));
  });

  it('changes nothing when the same event comes again', async () => {
    const here = await world({ now: morning });
    await planPerson('P1', here.parts);
    const before = await here.load();
    await planPerson('P1', here.parts);
    expect(await here.load()).toEqual(before);
  });

  it('clears the wake-up of a person who has paid', async () => {
    const here = await world({ now: morning });
    await planPerson('P1', here.parts);
    await here.store.saveFeeds([
      { debtorId: 'P1', accounts: [account({ pastDue: 0, feedHash: 'feed-2' })], stops: true },
    ]);
    expect(await planPerson('P1', here.parts)).toBe('rest');
    expect((await here.load()).wakeUp).toBeUndefined();
  });

  it('opens one case, however often it is asked, and leaves the person alone', async () => {
    const here = await world({ now: at('2026-05-01T10:00:00+08:00') });
    expect(await planPerson('P1', here.parts)).toBe('case');
    expect(await planPerson('P1', here.parts)).toBe('rest');
    const person = await here.load();
    expect(person.cases).toMatchObject([
      { accountId: 'A1', queue: 'human', reason: 'steps_used_up', state: 'open' },
    ]);
    expect(person.wakeUp).toBeUndefined();
  });

  it('opens a case for each account that needs one', async () => {
    const here = await world({ now: at('2026-05-01T10:00:00+08:00'), accounts: [{}, { accountId: 'A2' }] });
    await planPerson('P1', here.parts);
    expect((await here.load()).wakeUp?.for).toBe('look');
    await planPerson('P1', here.parts);
    expect((await here.load()).cases.map((one) => one.accountId).sort()).toEqual(['A1', 'A2']);
  });

  it('replaces the wait for the fallback once the message is delivered', async () => {
    const here = await world({ now: afternoon });
    await sendContact(here.wake(), here.sendParts);
    const [entry] = await here.ledger();
    const receipt = {
      debtorId: 'P1',
      contactId: entry!.contactId,
      channel: 'sms',
      state: 'delivered',
    } as const;
    expect(await receiveReceipt({ ...receipt, at: afternoon + 4_000 }, here.parts)).toBe('recorded');
    await planPerson('P1', here.parts);
    expect((await here.load()).wakeUp).toMatchObject({ for: 'call' });
  });

  it('ends an address when its receipt says so, and uses the next channel', async () => {
    const here = await world({ now: afternoon });
    await sendContact(here.wake(), here.sendParts);
    const [entry] = await here.ledger();
    await receiveReceipt(
      {
        debtorId: 'P1',
        contactId: entry!.contactId,
        channel: 'sms',
        state: 'undelivered',
        at: afternoon + 4_000,
        ends: { reason: 'dead_number' },
      },
      here.parts,
    );
    await planPerson('P1', here.parts);
    const person = await here.load();
    expect(person.endedDestinations).toMatchObject([{ value: entry!.destination, reason: 'dead_number' }]);
    expect(person.wakeUp?.for).toBe('email');
  });

  it('does not know a receipt of nobody', async () => {
    const here = await world({ now: afternoon });
    const receipt = {
      debtorId: 'P1',
      contactId: 'c-none',
      channel: 'sms',
      state: 'delivered',
      at: afternoon,
    } as const;
    expect(await receiveReceipt(receipt, here.parts)).toBe('missing');
    expect(await receiveReceipt({ ...receipt, ends: { reason: 'dead_number' } }, here.parts)).toBe('missing');
    expect((await here.load()).endedDestinations).toEqual([]);
  });
});
