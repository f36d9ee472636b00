import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { createHandler } from '#functions/send-email/handler.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { codeInAddress } from '#shared/core/links/reply-address.ts';
import { receiveReceipt } from '#shared/usecases/receive-receipt.ts';
import { unsubscribe } from '#shared/usecases/unsubscribe.ts';
import { at } from '#test/builders/person.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';
import { world } from '#test/builders/world.ts';
import { createFakeMailer } from '#test/fakes/fake-mailer.ts';
import { testLinks } from '#test/fakes/test-links.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';
import { queueEvent } from '../events.ts';

const [preDue, early] = cardStrategy.stages;
const [first, second, third] = early!.steps;
/** A second mail four days after the first. */
const twoMails: Strategy = {
  ...cardStrategy,
  stages: [
    preDue!,
    { ...early!, steps: [first!, second!, third!, { ...third!, id: 'fourth', daysPastDue: 14 }] },
  ],
};
const nextMailAt = at('2026-03-15T07:30:00Z');
type World = Awaited<ReturnType<typeof world>>;

/** Sends the mail of the tenth day past due, at 15:30 in Shanghai, when the strategy asks for one. */
async function send(inboundDomain?: string) {
  const here = await world({ now: at('2026-03-11T07:30:00Z'), rules: rules({ strategies: [twoMails] }) });
  const mailer = createFakeMailer(here.clock);
  const telemetry = createFakeTelemetry();
  const parts = { ...here.parts, sender: mailer.sender, links: testLinks, inboundDomain, telemetry };
  const handle = createHandler(parts);
  const answer = await handle(queueEvent({ ...here.wake(), wakeFor: 'email' }));
  return { here, answer, mailer, telemetry, handle };
}

describe('send-email', () => {
  it('sends the mail that is due on its day and leaves other channels to their own queue', async () => {
    const { here, answer, mailer, telemetry } = await send();
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(mailer.taken).toMatchObject([{ email: { to: 'mei.lin@example.com', fromName: 'Demo Bank' } }]);
    expect(await here.ledger()).toMatchObject([{ channel: 'email', state: 'accepted' }]);
    expect(telemetry.counts).toEqual({ accepted: 1 });
  });

  it('gives each mail a link that ends e-mails, also where the creditor has no pages of ours', async () => {
    const { here, mailer } = await send();
    const { unsubscribe, text, replyTo } = mailer.taken[0]!.email;
    const code = /^https:\/\/pay\.example\.com\/u\/(\w{10})$/.exec(unsubscribe.url)?.[1] ?? '';
    expect((await here.store.find(codeHashOf(code)))?.link).toMatchObject({
      debtorId: 'P1',
      channel: 'email',
      destination: 'mei.lin@example.com',
      opens: 'unsubscribe',
    });
    expect(text).not.toContain(code);
    expect([replyTo, unsubscribe.mail]).toEqual(['care@example.com', undefined]);
  });

  it('asks for answers at an address that names the contact, where mail is taken in', async () => {
    const { here, mailer } = await send('reply.example.com');
    const { unsubscribe, replyTo } = mailer.taken[0]!.email;
    expect(replyTo).toMatch(/^care\+[0-9a-z]{12}@reply\.example\.com$/);
    expect(unsubscribe.mail).toEqual({ to: replyTo, subject: 'unsubscribe' });
    const hash = codeHashOf(codeInAddress(replyTo) ?? '');
    expect((await here.store.find(hash))?.link.contactId).toBe((await here.ledger())[0]?.contactId);
  });

  it.each<[string, (here: World, code: string) => Promise<unknown>]>([
    [
      'a click on "unsubscribe"',
      (here, code) => unsubscribe(code, 'page', { ...here.parts, links: here.store }),
    ],
    [
      'a complaint',
      async (here) => {
        const [{ debtorId, contactId }] = (await here.ledger()) as [LedgerEntry];
        const said = { channel: 'email', state: 'delivered', at: here.clock.now() } as const;
        return receiveReceipt({ debtorId, contactId, ...said, ends: { reason: 'complaint' } }, here);
      },
    ],
  ])('does not send after %s, though the next mail waits in the queue', async (_, end) => {
    const { here, mailer, handle } = await send();
    const code = mailer.taken[0]!.email.unsubscribe.url.slice(-10);
    here.clock.set(nextMailAt);
    const waiting = queueEvent({ ...here.wake(), wakeFor: 'email' });
    await end(here, code);
    expect(await handle(waiting)).toEqual({ batchItemFailures: [] });
    expect(mailer.taken).toHaveLength(1);
  });

  it('sends the next mail to whoever said nothing', async () => {
    const { here, mailer, handle } = await send();
    here.clock.set(nextMailAt);
    await handle(queueEvent({ ...here.wake(), wakeFor: 'email' }));
    expect(mailer.taken).toHaveLength(2);
  });
});
