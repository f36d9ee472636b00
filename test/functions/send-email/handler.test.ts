import { describe, expect, it } from 'vitest';
import { createHandler } from '#functions/send-email/handler.ts';
import { at } from '#test/builders/person.ts';
import { world } from '#test/builders/world.ts';
import { createFakeMailer } from '#test/fakes/fake-mailer.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent } from '../events.ts';

describe('send-email', () => {
  it('sends the mail that is due on its day and leaves other channels to their own queue', async () => {
    // 15:30 in Shanghai on the tenth day past due, when the strategy asks for a mail.
    const here = await world({ now: at('2026-03-11T07:30:00Z') });
    const mailer = createFakeMailer(here.clock);
    const telemetry = createFakeTelemetry();
    const handle = createHandler({ ...here.parts, sender: mailer.sender, links: testLinks, telemetry });
    expect(await handle(queueEvent({ ...here.wake(), wakeFor: 'email' }))).toEqual({ batchItemFailures: [] });
    expect(mailer.taken).toMatchObject([{ email: { to: 'mei.lin@example.com' } }]);
    expect(await here.ledger()).toMatchObject([{ channel: 'email', state: 'accepted' }]);
    expect(telemetry.counts).toEqual({ accepted: 1 });
  });
});
