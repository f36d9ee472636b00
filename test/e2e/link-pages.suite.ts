import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import type { LocalWorld } from '#infra/local/start/open-world.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import type { Person } from '#shared/contracts/person.ts';
import { agreementsOn } from '#shared/core/agreements/account-agreements.ts';
import { secondMs } from '#shared/kernel/instant.ts';
import { takeInNewYorker, openCalmWorld } from '#test/e2e/calm-world.ts';
import { LinkVisitor, type SeenPage } from '#test/e2e/link-visitor.ts';

/** A Monday; everybody here is eight days past due in New York, on which day a text message is due. */
const importAtMs = Date.parse('2026-03-09T12:00:00Z');
/** The text messages have gone out by then: six in the evening there. */
const actAtMs = Date.parse('2026-03-09T22:00:00Z');
const phones = {
  payer: '+12125550141',
  promiser: '+12125550142',
  objector: '+12125550143',
  stranger: '+12125550144',
} as const;
type Name = keyof typeof phones;
const people: readonly Name[] = ['payer', 'promiser', 'objector', 'stranger'];
const birthDate = '1980-05-17';
/** A Wednesday; with two business days of grace it is decided at the end of Friday. */
const promisedFor = '2026-03-11';
const untilMs = Date.parse('2026-03-14T23:00:00Z');
/** What no page may show to whom is not known. */
const personal = /Ana|Silva|100\.00|past due|card-/;

/** What was seen on the way. */
interface Seen {
  readonly firstTexts: Partial<Record<Name, readonly string[]>>;
  readonly textsBefore: Partial<Record<Name, number>>;
  toldToStranger: string;
  paid?: Person;
}

/**
 * What somebody does with a link in a text message, through the synthesised template with its queues, tables, roles and
 * doors: pays by the hosted page, promises and does not pay, objects, and is somebody else.
 */
export function linkPagesSuite(assembly: () => Assembly): void {
  describe('links in text messages', () => {
    let world: LocalWorld;
    let wrong: readonly string[] = [];
    const seen: Seen = { firstTexts: {}, textsBefore: {}, toldToStranger: '' };

    const textsTo = (name: Name) =>
      world.twilio
        .messages()
        .filter((message) => message.to === phones[name])
        .map(({ body }) => body);
    const linkIn = (text: string): string => /https?:\/\/\S+\/[aps]\/[0-9A-Za-z]{10}/.exec(text)?.[0] ?? '';
    const personOf = async (name: Name): Promise<Person> => {
      const found = (await peopleReader(world.run)()).find(({ debtorId }) => debtorId === name);
      if (found === undefined) throw new Error(`${name} is not in the table`);
      return found;
    };
    const pass = (ms: number) => world.run.advanceTo(world.clock.now() + ms);

    /** Opens the link of the last text message and answers the question rightly. */
    async function enter(name: Name, wanted: string): Promise<{ visitor: LinkVisitor; page: SeenPage }> {
      const visitor = new LinkVisitor(world);
      const link = linkIn(textsTo(name).at(-1) ?? '');
      const asked = await visitor.open(link);
      expect(asked.status).toBe(200);
      const [year = '', month = '', day = ''] = birthDate.split('-');
      await visitor.send(asked, { day, month, year });
      const path = new URL(link).pathname.replace(/^\/[aps]\//, '/a/');
      const page = await visitor.open(`${path}/${wanted}`);
      expect(page.text).not.toContain('Date of birth');
      return { visitor, page };
    }

    beforeAll(async () => {
      ({ world, wrong } = await openCalmWorld(assembly(), { startAtMs: importAtMs, seed: 'link-pages' }));
      for (const name of people) {
        const told = {
          dueDate: '2026-03-01',
          phone: phones[name],
          consents: 'sms:express',
          x_birth_date: birthDate,
        };
        expect(await takeInNewYorker(world, name, told)).toBe(200);
      }
      await world.run.advanceTo(actAtMs);
      for (const name of people) seen.firstTexts[name] = textsTo(name);
      await pay();
      await promise();
      await object();
      await strange();
      for (const name of people) seen.textsBefore[name] = textsTo(name).length;
      await world.run.advanceTo(untilMs);
    }, 600_000);
    afterAll(() => world.stop());

    async function pay(): Promise<void> {
      const { visitor, page } = await enter('payer', 'pay');
      expect(page.text).toContain('$100.00');
      const ready = await visitor.send(page, { choice: 'due' });
      const session = /cs_\w+/.exec(ready.links.join(' '))?.[0] ?? '';
      const paid = await fetch(`${world.stripe.url}/pay/${session}/pay`, {
        method: 'POST',
        redirect: 'manual',
      });
      expect(paid.status).toBeLessThan(400);
      await pass(5 * secondMs);
      seen.paid = await personOf('payer');
    }

    async function promise(): Promise<void> {
      const { visitor, page } = await enter('promiser', 'promise');
      const done = await visitor.send(page, { amount: '100.00', date: promisedFor, confirm: 'yes' });
      expect([done.status, done.text]).toMatchObject([200, expect.stringContaining('Mar 11, 2026')]);
    }

    async function object(): Promise<void> {
      const { visitor, page } = await enter('objector', 'dispute');
      expect(await visitor.send(page, { why: 'this is not my account' })).toMatchObject({ status: 200 });
    }

    async function strange(): Promise<void> {
      const visitor = new LinkVisitor(world);
      const path = new URL(linkIn(textsTo('stranger').at(-1) ?? '')).pathname.replace(/^\/[aps]\//, '/a/');
      const thanked = await visitor.send(await visitor.open(`${path}/wrong-person`), {});
      seen.toldToStranger = thanked.text;
    }

    /** What came after all that. */
    const textsAfter = (name: Name) => textsTo(name).slice(seen.textsBefore[name]);

    it('are in each message, one for each contact, and tell nothing before the question is answered', async () => {
      const links = people.map((name) => linkIn(seen.firstTexts[name]?.[0] ?? ''));
      expect(new Set(links).size).toBe(people.length);
      expect(links).not.toContain('');
      const { status, text } = await new LinkVisitor(world).open(links[0] ?? '');
      expect(status).toBe(200);
      expect(text).toContain('Demo Bank');
      expect(text).not.toMatch(personal);
    });

    it('lead to the hosted page: what is paid there cures within seconds, is confirmed, and nothing else follows', () => {
      expect(seen.paid?.accounts).toMatchObject([{ pastDue: 0 }]);
      expect(seen.paid?.payments).toMatchObject([{ amount: 100, currency: 'USD', source: 'provider_page' }]);
      expect(textsAfter('payer')).toMatchObject([expect.stringContaining('We received $100.00')]);
    });

    it('take a promise: confirmed by text, reminded of once, followed up when it is broken', async () => {
      expect(textsAfter('promiser')).toMatchObject([
        expect.stringContaining('We have noted that you will pay $100.00'),
        expect.stringContaining('a friendly note about what we agreed'),
        expect.stringContaining('has not reached us yet'),
      ]);
      const person = await personOf('promiser');
      expect(person.promises).toMatchObject([
        { amount: 100, dueDate: promisedFor, confirmBy: 'sms', via: 'page' },
      ]);
      const [standing] = agreementsOn(person.accounts[0]!, person, world.clock.now()).promises;
      expect(standing).toMatchObject({ state: 'broken', paid: 0 });
    });

    it('take an objection: the account is held at once, a person has it, and no text follows', async () => {
      const person = await personOf('objector');
      expect(person.holds).toMatchObject([{ kind: 'dispute', why: 'this is not my account', by: 'debtor' }]);
      expect(person.cases).toMatchObject([{ reason: 'hold', state: 'open', accountId: 'card-objector' }]);
      expect(textsAfter('objector')).toEqual([]);
    });

    it('let a stranger say so without being told anything, and no text goes there again', async () => {
      expect(seen.toldToStranger).not.toMatch(personal);
      expect((await personOf('stranger')).endedDestinations).toMatchObject([
        { channel: 'call', reason: 'wrong_party' },
        { channel: 'sms', reason: 'wrong_party' },
      ]);
      expect(textsAfter('stranger')).toEqual([]);
    });

    it('need nothing that the roles of the functions do not allow', () => {
      expect(wrong).toEqual([]);
    });
  });
}
