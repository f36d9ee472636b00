import { describe, expect, it } from 'vitest';
import { minuteMs } from '#shared/kernel/instant.ts';
import type { SendResult } from '#shared/ports/message-sender.ts';
import { OutcomeUnknownError, sendContact } from '#shared/usecases/send-contact.ts';
import { account, at } from '#test/builders/person.ts';
import { bundle, cardStrategy, rules } from '#test/builders/rules.ts';
import { world } from '#test/builders/world.ts';

const afternoon = at('2026-03-02T16:45:00+08:00');
const rejected = (retry: { kind: 'never' } | { kind: 'after'; ms: number }): SendResult => ({
  kind: 'rejected',
  reason: 'test',
  retry,
});

describe('sendContact', () => {
  it('sends, records the acceptance and stores the next wake-up', async () => {
    const here = await world({ now: afternoon });
    const outcome = await sendContact(here.wake(), here.sendParts);
    expect(outcome.kind).toBe('accepted');
    expect(here.sms.sent).toHaveLength(1);
    expect(await here.ledger()).toMatchObject([{ state: 'accepted', providerId: 'SM1', channel: 'sms' }]);
    expect((await here.load()).wakeUp).toEqual({ at: afternoon + 4 * 60 * minuteMs, for: 'email' });
  });

  it('tells the provider to drop the message at the end of the permitted window', async () => {
    const evening = rules({ strategies: [{ ...cardStrategy, preferred: { from: '19:00', to: '22:00' } }] });
    const here = await world({ now: at('2026-03-02T21:31:00+08:00'), rules: evening });
    await sendContact(here.wake(), here.sendParts);
    const [message] = here.sms.sent;
    expect(message?.validUntil).toBe(at('2026-03-02T22:00:00+08:00'));
  });

  it('sends once when the same wake-up comes twice', async () => {
    const here = await world({ now: afternoon });
    await sendContact(here.wake(), here.sendParts);
    expect(await sendContact(here.wake(), here.sendParts)).toEqual({ kind: 'withheld', decided: 'wait' });
    expect(here.sms.sent).toHaveLength(1);
  });

  it('sends once when the same wake-up is handled by two senders at the same time', async () => {
    const here = await world({ now: afternoon });
    await Promise.all([sendContact(here.wake(), here.sendParts), sendContact(here.wake(), here.sendParts)]);
    expect(here.sms.sent).toHaveLength(1);
  });

  it('sends nothing when the account was paid after the message was queued', async () => {
    const here = await world({ now: afternoon });
    const paid = account({ pastDue: 0, feedHash: 'feed-2' });
    await here.store.saveFeeds([{ debtorId: 'P1', accounts: [paid], stops: true }]);
    expect(await sendContact(here.wake(), here.sendParts)).toEqual({ kind: 'withheld', decided: 'rest' });
    expect(here.sms.sent).toEqual([]);
  });

  it('decides afresh when a payment arrives between the decision and the reservation', async () => {
    const here = await world({ now: afternoon });
    let raced = false;
    const racing = {
      ...here.store,
      reserve: async (...args: Parameters<typeof here.store.reserve>) => {
        if (!raced) {
          raced = true;
          const paid = account({ pastDue: 0, feedHash: 'feed-2' });
          await here.store.saveFeeds([{ debtorId: 'P1', accounts: [paid], stops: true }]);
        }
        return here.store.reserve(...args);
      },
    };
    const outcome = await sendContact(here.wake(), { ...here.sendParts, store: racing });
    expect(outcome).toEqual({ kind: 'withheld', decided: 'rest' });
    expect(here.sms.sent).toEqual([]);
  });

  it('sends nothing outside the permitted window and wakes at its opening', async () => {
    const here = await world({ now: at('2026-03-02T23:00:00+08:00') });
    expect(await sendContact(here.wake(), here.sendParts)).toEqual({ kind: 'withheld', decided: 'wait' });
    expect((await here.load()).wakeUp?.at).toBeGreaterThanOrEqual(at('2026-03-03T15:00:00+08:00'));
    expect(here.sms.sent).toEqual([]);
  });

  it('keeps a lost answer as unknown, finds it at the provider on redelivery, and never resends', async () => {
    const here = await world({ now: afternoon });
    here.sms.next(() => ({ kind: 'unknown', reason: 'time-out' }));
    await expect(sendContact(here.wake(), here.sendParts)).rejects.toThrow(OutcomeUnknownError);
    expect(await here.ledger()).toMatchObject([{ state: 'unknown', reason: 'time-out' }]);
    here.clock.advance(minuteMs);
    await sendContact(here.wake(), here.sendParts);
    expect(await here.ledger()).toMatchObject([{ state: 'accepted', providerId: 'SM1' }]);
    expect(here.sms.sent).toHaveLength(1);
  });

  it('leaves a contact unknown that its sender never handed over, and never sends it', async () => {
    const here = await world({ now: afternoon });
    here.sms.next(() => {
      throw new Error('the sender dies');
    });
    await expect(sendContact(here.wake(), here.sendParts)).rejects.toThrow('the sender dies');
    expect(await here.ledger()).toMatchObject([{ state: 'reserved' }]);
    here.clock.advance(minuteMs);
    await sendContact(here.wake(), here.sendParts);
    expect(await here.ledger()).toMatchObject([{ state: 'unknown', reason: 'not_found_at_provider' }]);
    expect(here.sms.sent).toEqual([]);
  });

  it('does not disturb a reservation that another sender is still working on', async () => {
    const here = await world({ now: afternoon });
    here.sms.next(() => {
      throw new Error('slow');
    });
    await expect(sendContact(here.wake(), here.sendParts)).rejects.toThrow();
    await sendContact(here.wake(), here.sendParts);
    expect(await here.ledger()).toMatchObject([{ state: 'reserved' }]);
  });

  it('goes to the next channel when the provider refuses for good, and ends a dead address', async () => {
    const here = await world({ now: afternoon });
    here.sms.next(() => ({
      kind: 'rejected',
      reason: 'unreachable',
      retry: { kind: 'never' },
      ends: 'dead_number',
    }));
    expect(await sendContact(here.wake(), here.sendParts)).toMatchObject({ kind: 'failed' });
    const person = await here.load();
    expect(person.endedDestinations).toMatchObject([{ channel: 'sms', reason: 'dead_number' }]);
    expect(person.attempts).toMatchObject([{ state: 'failed', reason: 'unreachable' }]);
  });

  it('keeps when a passing refusal may be tried again', async () => {
    const here = await world({ now: afternoon });
    here.sms.next(() => rejected({ kind: 'after', ms: 5_000 }));
    await sendContact(here.wake(), here.sendParts);
    expect(await here.ledger()).toMatchObject([{ state: 'failed', retryAt: afternoon + 5_000 }]);
  });

  it('does not send a text that is longer than the limit', async () => {
    const here = await world({ now: afternoon, debtor: { givenName: 'x'.repeat(60) }, rules: longTexts() });
    expect(await sendContact(here.wake(), here.sendParts)).toMatchObject({ kind: 'failed' });
    expect(await here.ledger()).toMatchObject([{ state: 'failed', reason: 'too_long/4_segments' }]);
    expect(here.sms.sent).toEqual([]);
  });

  it('knows nobody for an id without facts', async () => {
    const here = await world({ now: afternoon });
    expect(await sendContact({ ...here.wake(), debtorId: 'P9' }, here.sendParts)).toEqual({ kind: 'nobody' });
  });
});

function longTexts() {
  const templates = bundle().templates.map((template) =>
    template.channel === 'sms' ? { ...template, body: `{{givenName}} ${'long '.repeat(100)}` } : template,
  );
  return rules({ templates });
}
