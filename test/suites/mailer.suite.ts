import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Receipt } from '#shared/contracts/receipt.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import type { Email, EmailSender } from '#shared/ports/message-sender.ts';
import { email } from '#test/builders/email.ts';
import type { Trouble } from '#test/fakes/fake-telephony.ts';

/** Addresses that every provider under test has to treat as their names say: SES's mailbox simulator and one of ours. */
export const addresses = {
  reachable: 'wei.zhang@example.com',
  refused: 'rejected@example.com',
  hardBounce: 'bounce@simulator.amazonses.com',
  softBounce: 'ooto@simulator.amazonses.com',
  complaint: 'complaint@simulator.amazonses.com',
} as const;

/** A mail provider to run the cases on. */
export interface MailerUnderTest {
  readonly sender: EmailSender;
  /** Lets virtual time pass, with all that the provider does in it. */
  pass(durationMs: number): Promise<void>;
  /** The mails that the provider has taken, in order. */
  taken(): {
    readonly contactId: string | undefined;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly replyTo: string | undefined;
    /** Address that takes a click on "unsubscribe". */
    readonly unsubscribe: string | undefined;
  }[];
  /** What the provider has said so far, in order, in our words. */
  receipts(): Receipt[];
  trouble(kind: Trouble | undefined): Promise<void>;
}

export interface MailerParts {
  createMailer(): Promise<MailerUnderTest>;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
let ordinal = 0;

function mailTo(to: string): Email {
  ordinal += 1;
  return email({ contact: { contactId: `c-${String(ordinal)}`, debtorId: 'D.1:x' }, to });
}

/** The cases that every mail provider has to pass, the fake and the adapter on the local SES alike. */
export function mailerSuite(name: string, start: () => Promise<MailerParts>): void {
  describe(name, () => {
    let parts: MailerParts;
    let tested: MailerUnderTest;

    beforeAll(async () => {
      parts = await start();
    });
    afterAll(() => parts.stop());
    beforeEach(async () => {
      tested = await parts.createMailer();
    });

    it('takes a mail whole and once, and says under which id it has it', async () => {
      const mail = mailTo(addresses.reachable);
      expect(await tested.sender.send(mail)).toEqual({
        kind: 'accepted',
        providerId: expect.stringMatching(/./) as string,
      });
      const { contact, to, subject, text } = mail;
      expect(tested.taken()).toMatchObject([{ contactId: contact.contactId, to, subject, text }]);
    });

    it('says how the reader ends these e-mails, and where an answer goes', async () => {
      const mail = mailTo(addresses.reachable);
      await tested.sender.send(mail);
      expect(tested.taken()).toMatchObject([{ replyTo: mail.replyTo, unsubscribe: mail.unsubscribe.url }]);
    });

    it('rejects for good what it will not carry', async () => {
      expect(await tested.sender.send(mailTo(addresses.refused))).toEqual({
        kind: 'rejected',
        reason: 'message_refused',
        retry: { kind: 'never' },
      });
      expect(tested.taken()).toEqual([]);
    });

    it('rejects what comes too fast with a time to try again', async () => {
      await tested.trouble('throttled');
      const result = await tested.sender.send(mailTo(addresses.reachable));
      expect(result).toMatchObject({ kind: 'rejected', reason: 'throttled', retry: { kind: 'after' } });
      expect(tested.taken()).toEqual([]);
    });

    it('rejects with a time to try again when nobody listens', async () => {
      await tested.trouble('unreachable');
      const result = await tested.sender.send(mailTo(addresses.reachable));
      expect(result).toMatchObject({ kind: 'rejected', reason: 'no_connection', retry: { kind: 'after' } });
    });

    it.each(['answer_lost', 'connection_cut'] as const)(
      'sends once when its %s: unknown, and settled by the receipt alone',
      async (trouble) => {
        await tested.trouble(trouble);
        const mail = mailTo(addresses.reachable);
        expect(await tested.sender.send(mail)).toMatchObject({ kind: 'unknown' });
        await tested.trouble(undefined);
        const { contact, to } = mail;
        expect(await tested.sender.findSent({ contact, to, since: toInstant(0) })).toEqual({
          kind: 'unsupported',
        });
        await tested.pass(hourMs);
        expect(tested.taken()).toHaveLength(1);
        expect(tested.receipts().at(-1)).toMatchObject({ ...contact, state: 'delivered' });
      },
    );

    it('calls a server error unknown', async () => {
      await tested.trouble('server_error');
      expect(await tested.sender.send(mailTo(addresses.reachable))).toEqual({
        kind: 'unknown',
        reason: 'provider_error',
      });
    });

    it.each([
      [addresses.reachable, { state: 'delivered' }],
      [
        addresses.hardBounce,
        { state: 'undelivered', reason: 'hard_bounce', ends: { reason: 'hard_bounce' } },
      ],
      [addresses.softBounce, { state: 'undelivered', reason: 'soft_bounce' }],
      [addresses.complaint, { state: 'delivered', reason: 'complaint', ends: { reason: 'complaint' } }],
    ])('a mail to %s ends as %o', async (to, expected) => {
      const mail = mailTo(to);
      const result = await tested.sender.send(mail);
      await tested.pass(hourMs);
      expect(tested.receipts().at(-1)).toEqual({
        ...mail.contact,
        channel: 'email',
        at: expect.any(Number) as number,
        providerId: result.kind === 'accepted' ? result.providerId : '',
        ...expected,
      });
    });
  });
}
