import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/place-call/handler.ts';
import { at } from '#test/builders/person.ts';
import { world } from '#test/builders/world.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { createFakeTelephony } from '#test/fakes/fake-telephony.ts';
import { queueEvent } from '../events.ts';

describe('place-call', () => {
  it('places the call that is due, and not a text message that is', async () => {
    // 15:30 in Shanghai on the fifth day past due, when the strategy asks for a call.
    const here = await world({ now: at('2026-03-06T07:30:00Z') });
    const telephony = createFakeTelephony(here.clock);
    const telemetry = createFakeTelemetry();
    const handle = createHandler({ ...here.parts, sender: telephony.calls, telemetry });
    expect(await handle(queueEvent({ ...here.wake(), wakeFor: 'call' }))).toEqual({ batchItemFailures: [] });
    expect(telephony.taken).toMatchObject([{ channel: 'call', to: '+8613900000001' }]);
    expect(await here.ledger()).toMatchObject([{ channel: 'call', state: 'accepted' }]);
    expect(telemetry.counts).toEqual({ accepted: 1 });
  });
});
