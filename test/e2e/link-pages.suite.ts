import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import { openLocalWorld, type LocalWorld } from '#infra/local/start/open-world.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import type { Person } from '#shared/contracts/person.ts';
import { agreementsOn } from '#shared/core/agreements/account-agreements.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '#shared/kernel/instant.ts';
import { LinkVisitor, type SeenPage } from '#test/e2e/link-visitor.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

/** Everybody here is eight days past due in New York, on which day a text message is due. */
const importAtMs = Date.parse('2026-03-10T12:00:00Z');
const people = ['payer', 'promiser', 'objector', 'stranger'] as const;
type Name = (typeof people)[number];
const birthDate = '1980-05-17';

/**
 * What somebody does with a link in a text message, through the synthesised template with its queues, tables, roles and
 * doors: pays by the hosted page, promises and does not pay, objects, and is somebody else.
 */
export function linkPagesSuite(assembly: () => Assembly): void {
  describe('links in text messages', () => {
    let world: LocalWorld;
    const denied: string[] = [];

    const phoneOf = (name: Name) => `+1212555010${people.indexOf(name)}`;
    const textsTo = (name: Name) =>
      world.twilio
        .messages()
        .filter((message) => message.to === phoneOf(name))
        .map(({ body }) => body);
    const linkIn = (text: string): string => /https?:\/\/\S+\/[aps]\/[0-9A-Za-z]{10}/.exec(text)?.[0] ?? '';
    const personOf = async (name: Name): Promise<Person> => {
      const found = (await peopleReader(world.run)()).find(({ debtorId }) => debtorId === name);
      if (found === undefined) throw new Error(`${name} is not in the table`);
      return found;
    };
    const pass = (ms: number) => world.run.advanceTo(world.clock.now() + ms);

    /** Opens the link of the last text message and answers the question rightly. */
    async function enter(name: Name, page: string): Promise<{ visitor: LinkVisitor; seen: SeenPage }> {
      const visitor = new LinkVisitor(world);
      const link = linkIn(textsTo(name).at(-1) ?? '');
      const asked = await visitor.open(link);
      expect(asked.status).toBe(200);
      const [year = '', month = '', day = ''] = birthDate.split('-');
      await visitor.send(asked, { day, month, year });
      const path = new URL(link).pathname.replace(/^\/[aps]\//, '/a/');
      return { visitor, seen: await visitor.open(`${path}/${page}`) };
    }

    beforeAll(async () => {
      const { dir, ...stage } = assembly();
      world = await openLocalWorld({
        ...stage,
        assemblyDir: dir,
        clock: createVirtualClock({ startAtMs: importAtMs, speed: 'jump' }),
        seed: 'link-pages',
        people: {
          sms: () => ({ kind: 'delivered', delayMs: secondMs }),
          call: () => ({ kind: 'no_answer' }),
        },
        mailboxes: () => ({ kind: 'delivered', delayMs: secondMs }),
        onEvent: (event) => {
          if (event.kind === 'refused') denied.push(`${event.caller} ${event.action}`);
          if (event.kind === 'invoked' && event.failure !== undefined) denied.push(event.failure);
        },
      });
      for (const name of people) {
        const row = portfolioObject({
          accountId: `card-${name}`,
          debtorId: name,
          givenName: 'Ana',
          familyName: 'Silva',
          locale: 'en',
          currency: 'USD',
          dueDate: '2026-03-02',
          country: 'US',
          region: 'NY',
          postalCode: '10001',
          phone: phoneOf(name),
          consents: 'sms:express',
          creditor: 'demo-bank-us',
          x_birth_date: birthDate,
        });
        const { status } = await world.run.http({
          method: 'PUT',
          url: `/accounts/card-${name}`,
          headers: {
            'content-type': 'application/json',
            authorization: localAuthorization('us-east-1', 'execute-api', operatorAccessKey),
          },
          body: JSON.stringify(row),
        });
        expect(status).toBe(200);
      }
      await pass(dayMs);
    }, 300_000);
    afterAll(() => world.stop());

    it('are in each message, one for each contact, and tell nothing before the question is answered', async () => {
      const links = people.map((name) => linkIn(textsTo(name)[0] ?? ''));
      expect(new Set(links).size).toBe(people.length);
      expect(links).not.toContain('');
      const { status, text } = await new LinkVisitor(world).open(links[0] ?? '');
      expect(status).toBe(200);
      expect(text).toContain('Demo Bank');
      expect(text).not.toMatch(/Ana|Silva|100\.00|past due|card-/);
    });

    it('lead to the hosted page: what is paid there cures within seconds, is confirmed, and nothing else follows', async () => {
      const { visitor, seen } = await enter('payer', 'pay');
      expect(seen.text).toContain('$100.00');
      const ready = await visitor.send(seen, { choice: 'due' });
      const [checkout = ''] = ready.links.filter(
        (link) => link.startsWith(world.stripe.url) || link.includes('stripe'),
      );
      const session = /cs_\w+/.exec(checkout)?.[0] ?? '';
      const paid = await fetch(`${world.stripe.url}/pay/${session}/pay`, {
        method: 'POST',
        redirect: 'manual',
      });
      expect(paid.status).toBeLessThan(400);
      await pass(5 * secondMs);
      const cured = await personOf('payer');
      expect(cured.accounts).toMatchObject([{ pastDue: 0 }]);
      expect(cured.payments).toMatchObject([{ amount: 100, currency: 'USD', source: 'provider_page' }]);
      const before = textsTo('payer').length;
      await pass(30 * minuteMs);
      expect(textsTo('payer').slice(before)).toMatchObject([expect.stringContaining('We received $100.00')]);
      await pass(20 * dayMs);
      expect(textsTo('payer')).toHaveLength(before + 1);
    });

    it('take a promise: confirmed by text, reminded of once, followed up when it is broken', async () => {
      const name = 'promiser';
      // The clock went on for the others; a text of these days carries a link that still opens.
      const { visitor, seen } = await enter(name, 'promise');
      const today = new Date(world.clock.now()).toISOString().slice(0, 10);
      const date = new Date(Date.parse(today) + 4 * dayMs).toISOString().slice(0, 10);
      const before = textsTo(name).length;
      const done = await visitor.send(seen, { amount: '100.00', date, confirm: 'yes' });
      expect(done.status).toBe(200);
      const { promises, accounts } = await personOf(name);
      expect(promises).toMatchObject([{ amount: 100, dueDate: date, confirmBy: 'sms', via: 'page' }]);
      await pass(12 * dayMs);
      const texts = textsTo(name).slice(before);
      expect(texts[0]).toContain('We have noted that you will pay $100.00');
      expect(texts[1]).toContain('a friendly note about what we agreed');
      expect(texts[2]).toContain('has not reached us yet');
      const person = await personOf(name);
      const [standing] = agreementsOn(accounts[0]!, person, world.clock.now()).promises;
      expect(standing).toMatchObject({ state: 'broken', paid: 0 });
      const meanwhile = person.attempts.filter(
        ({ reservedAt }) => reservedAt > promises[0]!.madeAt && reservedAt < promises[0]!.settlesAt,
      );
      expect(meanwhile.map(({ template }) => template)).toEqual(['promise-confirmation', 'promise-reminder']);
    });

    it('take an objection: the account is held at once and a person has it', async () => {
      const { visitor, seen } = await enter('objector', 'dispute');
      const before = textsTo('objector').length;
      await visitor.send(seen, { why: 'this is not my account' });
      await pass(minuteMs);
      const person = await personOf('objector');
      expect(person.holds).toMatchObject([{ kind: 'dispute', why: 'this is not my account', by: 'debtor' }]);
      expect(person.cases).toMatchObject([{ reason: 'hold', state: 'open', accountId: 'card-objector' }]);
      await pass(10 * dayMs);
      expect(textsTo('objector')).toHaveLength(before);
    });

    it('let a stranger say so without being told anything, and no text goes there again', async () => {
      const visitor = new LinkVisitor(world);
      const link = linkIn(textsTo('stranger').at(-1) ?? '');
      const page = await visitor.open(`${new URL(link).pathname.replace(/^\/[aps]\//, '/a/')}/wrong-person`);
      const thanked = await visitor.send(page, {});
      expect(thanked.text).not.toMatch(/Ana|Silva|100\.00|past due|card-/);
      const before = textsTo('stranger').length;
      expect((await personOf('stranger')).endedDestinations).toMatchObject([
        { channel: 'call', reason: 'wrong_party' },
        { channel: 'sms', reason: 'wrong_party' },
      ]);
      await pass(10 * dayMs + hourMs);
      expect(textsTo('stranger')).toHaveLength(before);
    });

    it('need nothing that the roles of the functions do not allow', () => {
      expect(denied).toEqual([]);
    });
  });
}
