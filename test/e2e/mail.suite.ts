import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailRecord } from '#infra/local/ses/mail-record.ts';
import type { WrittenMail } from '#infra/local/ses/write-mail.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import type { LocalWorld } from '#infra/local/start/open-world.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import type { Person } from '#shared/contracts/person.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { takeInNewYorker, openCalmWorld } from '#test/e2e/calm-world.ts';

/** A Monday; everybody here is two days past due in New York, on which day an e-mail is due, and has no telephone. */
const importAtMs = Date.parse('2026-03-09T12:00:00Z');
const actAtMs = Date.parse('2026-03-09T22:00:00Z');
/** By then a further e-mail was due to whoever still gets them. */
const untilMs = Date.parse('2026-03-17T23:00:00Z');
const people = ['clicker', 'english', 'spanish', 'chinese', 'promiser', 'forged', 'away', 'quiet'] as const;
type Name = (typeof people)[number];
const addressOf = (name: Name): string => `${name}@example.com`;

/** What people do with our e-mails, through the synthesised template with its receipt rule, bucket, topic, queue and doors. */
export function mailSuite(assembly: () => Assembly): void {
  describe('e-mails and what people answer', () => {
    let world: LocalWorld;
    let wrong: readonly string[] = [];
    const before: Partial<Record<Name, number>> = {};
    const inbox: Partial<Record<Name, Person>> = {};
    let clicked = 0;
    let stranger = 0;

    const mailsTo = (name: Name): readonly MailRecord[] =>
      world.ses.mails().filter(({ to }) => to === addressOf(name));
    const after = (name: Name) => mailsTo(name).slice(before[name]);
    const readAll = async (): Promise<Map<string, Person>> =>
      new Map((await peopleReader(world.run)()).map((person) => [person.debtorId, person]));

    /** Writes a mail as somebody at an address, by the entrance that people use. */
    async function write(from: string, mail: Partial<WrittenMail>): Promise<number> {
      const url = `${world.ses.url}/mailboxes/${encodeURIComponent(from)}/messages`;
      const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(mail) });
      return status;
    }
    const answer = (name: Name, mail: Partial<WrittenMail>, from = addressOf(name)): Promise<number> => {
      const { replyTo, subject } = mailsTo(name).at(-1)!;
      return write(from, { to: replyTo ?? '', subject: `Re: ${subject}`, ...mail });
    };

    beforeAll(async () => {
      ({ world, wrong } = await openCalmWorld(assembly(), { startAtMs: importAtMs, seed: 'mail' }));
      for (const name of people) {
        const told = { dueDate: '2026-03-07', email: addressOf(name), consents: 'email:express' };
        expect(await takeInNewYorker(world, name, told)).toBe(200);
      }
      await world.run.advanceTo(actAtMs);
      for (const name of people) before[name] = mailsTo(name).length;
      await act();
      await world.run.advanceTo(world.clock.now() + 4 * minuteMs);
      for (const [name, person] of await readAll()) if (isName(name)) inbox[name] = person;
      await world.run.advanceTo(untilMs);
    }, 600_000);
    afterAll(() => world.stop());

    async function act(): Promise<void> {
      const link = /<https?:\/\/[^/]+(\/u\/\w{10})>/.exec(
        mailsTo('clicker')[0]?.headers['list-unsubscribe'] ?? '',
      );
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const click = { method: 'POST', url: link?.[1] ?? '', headers, body: 'List-Unsubscribe=One-Click' };
      clicked = (await world.run.http(click)).status;
      await answer('english', { text: 'please stop emailing me' });
      await answer('spanish', { text: 'basta de correos' });
      await answer('chinese', { text: '不要再发邮件' });
      await answer('promiser', { text: 'I will pay $100 on Friday' });
      const verdicts = { dmarc: 'FAIL', spf: 'FAIL', dkim: 'FAIL' } as const;
      await answer('forged', { text: 'I will pay $100 on Friday', verdicts }, 'somebody@example.org');
      await answer('forged', { text: 'stop', verdicts }, 'somebody@example.org');
      await answer('away', { text: 'I am on holiday, stop', headers: { 'Auto-Submitted': 'auto-replied' } });
      stranger = await write('nobody@example.org', { to: 'service@reply.example.com', text: 'stop' });
      await world.run.settle();
    }

    it('reach everybody once, each with a code of its own and the two headers that end them', () => {
      const all = people.flatMap(mailsTo).filter(({ acceptedAt }) => acceptedAt < actAtMs);
      expect(all).toHaveLength(people.length);
      expect(new Set(all.map(({ replyTo }) => replyTo)).size).toBe(people.length);
      for (const { headers, replyTo } of all) {
        expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
        expect(headers['list-unsubscribe']).toContain(`<mailto:${String(replyTo)}?subject=unsubscribe>`);
        expect(replyTo).toMatch(/^service\+[0-9a-z]{12}@reply\.example\.com$/);
      }
    });

    it('go on to whoever says nothing, or whose machine alone answers', () => {
      expect(after('quiet').length).toBeGreaterThanOrEqual(1);
      expect(after('away')).toHaveLength(after('quiet').length);
      expect(inbox.away?.inbound).toEqual([]);
    });

    it('end with one click, without a word', () => {
      expect([clicked, after('clicker')]).toEqual([200, []]);
      expect(inbox.clicker?.consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
    });

    it.each(['english', 'spanish', 'chinese'] as const)(
      'end by an answer, which is confirmed once: %s',
      (name) => {
        expect(inbox[name]?.inbound).toMatchObject([{ channel: 'email', intents: [{ kind: 'opt_out' }] }]);
        expect(inbox[name]?.consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
        expect(inbox[name]?.attempts.slice(1)).toMatchObject([
          { template: 'reply-stopped', channel: 'email' },
        ]);
        expect(after(name)).toHaveLength(1);
      },
    );

    it('take a promise, which is confirmed by e-mail', () => {
      expect(inbox.promiser?.promises).toMatchObject([{ amount: 100, dueDate: '2026-03-13', via: 'reply' }]);
      expect(after('promiser')[0]?.text).toContain('$100.00');
      expect(inbox.promiser?.attempts.at(-1)).toMatchObject({
        template: 'promise-confirmation',
        channel: 'email',
      });
    });

    it('take nothing from a forged sender but the wish to stop, and do not answer it', () => {
      expect(inbox.forged?.promises).toEqual([]);
      expect(inbox.forged?.consents).toMatchObject([{ channel: 'email', level: 'optout' }]);
      expect(after('forged')).toEqual([]);
    });

    it('are not written to strangers', () => {
      expect(stranger).toBe(202);
      expect(world.ses.mails().filter(({ to }) => to === 'nobody@example.org')).toEqual([]);
    });

    it('need nothing that the roles of the functions do not allow', () => {
      expect(wrong).toEqual([]);
    });
  });
}

function isName(name: string): name is Name {
  return people.some((one) => one === name);
}
