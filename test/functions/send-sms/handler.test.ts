import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/send-sms/handler.ts';
import { at } from '#test/builders/person.ts';
import { world } from '#test/builders/world.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent } from '../events.ts';

/** 15:30 in Shanghai on the first day past due: within the preferred and the permitted hours. */
const dueTime = at('2026-03-02T07:30:00Z');

async function sender(options: Omit<Parameters<typeof world>[0], 'now'> & { now?: typeof dueTime } = {}) {
  const here = await world({ now: dueTime, ...options });
  const telemetry = createFakeTelemetry();
  return {
    ...here,
    telemetry,
    handle: createHandler({ ...here.parts, sender: here.sms.sender, links: testLinks, telemetry }),
  };
}

describe('send-sms', () => {
  it('sends the message that is due, once for two wake-ups', async () => {
    const { handle, wake, sms, ledger, telemetry } = await sender();
    expect(await handle(queueEvent(wake()))).toEqual({ batchItemFailures: [] });
    expect(await handle(queueEvent(wake()))).toEqual({ batchItemFailures: [] });
    expect(sms.sent).toHaveLength(1);
    expect(await ledger()).toMatchObject([{ channel: 'sms', state: 'accepted', providerId: 'SM1' }]);
    expect(telemetry.counts).toMatchObject({ accepted: 1 });
  });

  it('sends nothing when the account was paid after the wake-up was queued', async () => {
    const { handle, wake, sms, telemetry } = await sender({ accounts: [{ pastDue: 0, minimumDue: 0 }] });
    expect(await handle(queueEvent(wake()))).toEqual({ batchItemFailures: [] });
    expect(sms.sent).toEqual([]);
    expect(Object.keys(telemetry.counts)).toEqual([expect.stringMatching(/^withheld_/)]);
  });

  it('gives back only the wake-up whose outcome is unknown, and never sends it again', async () => {
    const { handle, wake, sms, ledger, clock } = await sender();
    sms.next(() => ({ kind: 'unknown', reason: 'time_out' }));
    const answer = await handle(queueEvent(wake(), { ...wake(), debtorId: 'P2' }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(await ledger()).toMatchObject([{ state: 'unknown', reason: 'time_out' }]);
    clock.advance(180_000);
    await handle(queueEvent(wake()));
    expect(sms.sent).toHaveLength(1);
    expect(await ledger()).toMatchObject([{ state: 'accepted' }]);
  });

  it('gives back a message that is not a wake-up, and names what is wrong with it', async () => {
    const { handle, wake, telemetry } = await sender();
    const answer = await handle(queueEvent({ ...wake(), phone: '+12025550123' }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(telemetry.lines[0]?.cause).toMatchObject({
      name: 'InvalidMessageError',
      message: expect.stringContaining('phone') as string,
    });
  });
});
