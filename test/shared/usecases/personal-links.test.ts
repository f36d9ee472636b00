import { describe, expect, it } from 'vitest';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { codeHashOf } from '#shared/core/links/link-code.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import type { Reservation } from '#shared/ports/debtor-store.ts';
import { smsChannel } from '#shared/usecases/contact-channel.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { at } from '#test/builders/person.ts';
import { bundle, rules } from '#test/builders/rules.ts';
import { world } from '#test/builders/world.ts';

const afternoon = at('2026-03-02T16:45:00+08:00');

/** Sends the first message of a configuration and keeps what was reserved with it. */
async function send(text: string, links: boolean) {
  const config: ConfigBundle = bundle();
  const [creditor] = config.creditors;
  const templates = config.templates.map((one) => (one.channel === 'sms' ? { ...one, body: text } : one));
  const here = await world({
    now: afternoon,
    rules: rules({ templates, creditors: [{ ...creditor!, links }] }),
  });
  const reservations: Reservation[] = [];
  const store = {
    ...here.store,
    reserve: (version: number, reservation: Reservation) => {
      reservations.push(reservation);
      return here.store.reserve(version, reservation);
    },
  };
  const outcome = await sendContact(here.wake(), { ...here.sendParts, store });
  return { here, outcome, body: here.sms.sent[0]?.body, link: reservations[0]?.link };
}

describe('a message with a personal link', () => {
  it('carries the address whose hash is written together with the contact', async () => {
    const { body, link } = await send('{{ creditorName }}: {{ payUrl }}', true);
    const code = body?.slice(-10) ?? '';
    expect(body).toBe(`Demo Bank: https://pay.example.com/p/${code}`);
    expect(link).toMatchObject({
      codeHash: codeHashOf(code),
      debtorId: 'P1',
      channel: 'sms',
      destination: '+8613900000001',
      madeAt: afternoon,
      expiresAt: afternoon + 30 * dayMs,
    });
  });

  it("leads to the creditor's own page where it has none of ours", async () => {
    const { body, link } = await send('{{ creditorName }}: {{ payUrl }}', false);
    expect(body).toBe('Demo Bank: https://pay.example.com/');
    expect(link).toBeUndefined();
  });

  it('writes no link for a text that leads nowhere', async () => {
    const { link } = await send('{{ creditorName }}: {{ amountDue }}', true);
    expect(link).toBeUndefined();
  });

  it('waits, with nothing reserved, while no link can be made', async () => {
    const { here } = await send('{{ creditorName }}', true);
    const again = await world({ now: afternoon, rules: withPayUrl() });
    const unread = { linkFor: () => Promise.reject(new Error('no secret')) };
    const channel = smsChannel(again.sms.sender, unread);
    await expect(sendContact(again.wake(), { ...again.sendParts, channel })).rejects.toThrow('no secret');
    expect(await again.ledger()).toEqual([]);
    expect(again.sms.sent).toEqual([]);
    expect(here.sms.sent).toHaveLength(1);
  });
});

function withPayUrl() {
  const config = bundle();
  const templates = config.templates.map((one) =>
    one.channel === 'sms' ? { ...one, body: '{{ payUrl }}' } : one,
  );
  return rules({ templates, creditors: [{ ...config.creditors[0]!, links: true }] });
}
