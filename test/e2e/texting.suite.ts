import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import type { LocalWorld } from '#infra/local/start/open-world.ts';
import type { Person } from '#shared/contracts/person.ts';
import { hourMs } from '#shared/kernel/instant.ts';
import { openCalmWorld, untilTextsWait } from '#test/e2e/calm-world.ts';
import { tellPayment } from '#test/e2e/payment-callback.ts';
import { places, stopWords, Texting, type Owing } from '#test/e2e/texting-world.ts';

/** Monday morning in Shanghai; everybody here is eight days past due, on which day a text message is due. */
const startAtMs = Date.parse('2026-03-08T22:00:00Z');
/** Saturday: strategies have asked for several texts and calls by then. */
const untilMs = Date.parse('2026-03-14T23:00:00Z');
const friday = '2026-03-13';

const inShanghai = { creditor: 'demo-bank-cn', locale: 'zh-CN' } as const;
const inNewYork = { creditor: 'demo-bank-us', locale: 'en' } as const;
const lin: Owing = { id: 'lin', phone: '+8615400000001', ...inShanghai };
const ana: Owing = { id: 'ana', phone: '+12125550151', ...inNewYork };
const wrong: Owing = { id: 'wrong', phone: '+12125550152', ...inNewYork };
const shared = '+12125550153';
const pair: readonly Owing[] = [
  { id: 'first', phone: shared, ...inNewYork, ending: '4711' },
  { id: 'second', phone: shared, ...inNewYork, ending: '0815' },
];
const stranger = { phone: '+12125550154', creditor: 'demo-bank-us' } as const;
const hurried: readonly Owing[] = Array.from({ length: 12 }, (_, index) => ({
  ...{ id: `hurried${index}`, phone: `+86154000001${String(index).padStart(2, '0')}`, ...inShanghai },
}));

interface Conversation {
  readonly who: Owing;
  readonly says: string;
  readonly texts: readonly string[];
  readonly after: Person;
}

/** What people write by text message, through the synthesised template with its queues, tables, roles and doors. */
export function textingSuite(assembly: () => Assembly): void {
  describe('people who write', () => {
    let world: LocalWorld;
    let texting: Texting;
    let refused: readonly string[] = [];
    const conversations: Conversation[] = [];
    const stopping: { readonly who: Owing; readonly word: string }[] = [];
    let stoppedAt = 0;

    beforeAll(async () => {
      const opened = await openCalmWorld(assembly(), { startAtMs, seed: 'texting' });
      ({ world } = opened);
      refused = opened.wrong;
      texting = new Texting(world);
      for (const who of [lin, ana, wrong, ...pair, ...hurried]) await texting.takeIn(who);
      await stopByEveryWord();
      await texting.write(wrong, 'you have the wrong number');
      await texting.write(stranger, 'who is this?');
      await texting.write(stranger, 'STOP');
      await stopWhileQueued();
      await converse([
        { who: lin, says: '周五还500' },
        { who: ana, says: 'I will pay 500 on Friday' },
      ]);
      await texting.write(pair[0]!, 'I will pay 500 on Friday');
      await texting.write(pair[0]!, '0815');
      await world.run.advanceTo(untilMs);
    }, 600_000);
    afterAll(() => world.stop());

    async function stopByEveryWord(): Promise<void> {
      for (const [index, word] of (await stopWords()).entries()) {
        const phone = `+86154${String(20_000_000 + index)}`;
        const who = { id: `word${index}`, phone, ...inShanghai };
        await texting.takeIn(who);
        await texting.write(who, word);
        stopping.push({ who, word });
      }
    }

    /** In words that only we understand: the provider would not stop what is queued at ours. */
    async function stopWhileQueued(): Promise<void> {
      const until = world.clock.now() + 24 * hourMs;
      while (world.clock.now() < until && texting.to(hurried[0]!).length === 0 && !(await isQueued()));
      stoppedAt = world.clock.now();
      await Promise.all(hurried.map((who) => texting.write(who, '请不要再给我发短信了')));
    }

    async function isQueued(): Promise<boolean> {
      await untilTextsWait(world, 4);
      return (await waiting()) > 4;
    }

    async function waiting(): Promise<number> {
      const { queues } = await world.run.stats();
      const sms = Object.entries(queues).find(([name]) => name.endsWith('-sms'))?.[1];
      return (sms?.ready ?? 0) + (sms?.delayed ?? 0);
    }

    /** Each answers the first text that comes to them, and pays after they were reminded. */
    async function converse(both: readonly { readonly who: Owing; readonly says: string }[]): Promise<void> {
      for (const { who, says } of both) {
        await texting.until(who, 1);
        await texting.write(who, says);
      }
      for (const { who } of both) await texting.until(who, 3);
      for (const { who } of both) {
        const { currency } = places[who.creditor];
        const payment = { paymentId: `pay-${who.id}`, accountId: `card-${who.id}`, amount: 500, currency };
        expect(await tellPayment(world, payment)).toBe(201);
      }
      for (const { who, says } of both) {
        await texting.until(who, 4);
        conversations.push({ who, says, texts: texting.bodies(who), after: await texting.person(who) });
      }
    }

    it('have their promise confirmed, are reminded of it, pay and get a receipt, in Chinese and in English', () => {
      expect(conversations.map(({ says }) => says)).toEqual(['周五还500', 'I will pay 500 on Friday']);
      for (const { texts, after } of conversations) {
        expect(after.attempts.slice(1).map(({ template }) => template)).toEqual([
          ...['promise-confirmation', 'promise-reminder', 'receipt'],
        ]);
        expect(after.promises).toMatchObject([{ amount: 500, dueDate: friday }]);
        expect(after.accounts).toMatchObject([{ pastDue: 0 }]);
        for (const text of texts.slice(1)) expect(text).toContain('500');
      }
    });

    it('are answered in their language', () => {
      const [chinese, english] = conversations;
      for (const text of chinese!.texts) expect(text).toMatch(/\p{Script=Han}/u);
      for (const text of english!.texts) expect(text).not.toMatch(/\p{Script=Han}/u);
    });

    it('get no text after any word that ends them, but for its confirmation', async () => {
      expect(stopping.length).toBeGreaterThan(100);
      for (const { who, word } of stopping) {
        const contacts = (await texting.person(who)).attempts.filter(({ channel }) => channel === 'sms');
        expect(
          contacts.map(({ template }) => template).filter((name) => name !== 'reply-stopped'),
          word,
        ).toEqual([]);
        expect(texting.to(who).length, word).toBe(1);
      }
    }, 120_000);

    it('get none that was queued when they wrote, however they wrote it', async () => {
      const people = await Promise.all(hurried.map((who) => texting.person(who)));
      const reminders = people.flatMap(({ attempts }) =>
        attempts.filter(({ channel, template }) => channel === 'sms' && template !== 'reply-stopped'),
      );
      expect(reminders.length).toBeLessThan(hurried.length);
      for (const { reservedAt } of reminders) expect(reservedAt).toBeLessThanOrEqual(stoppedAt);
    });

    it('are neither written to nor called at a number that was a wrong one', async () => {
      expect(texting.to(wrong)).toEqual([]);
      expect(world.twilio.calls().filter(({ to }) => to === wrong.phone)).toEqual([]);
      expect((await texting.person(wrong)).endedDestinations.map(({ channel }) => channel).sort()).toEqual([
        ...['call', 'sms'],
      ]);
    });

    it('get help and nothing else when nobody knows them', () => {
      const [help, ...more] = texting.bodies(stranger);
      expect(help).toContain('We know nobody at this number');
      expect(more.filter((text) => !text.startsWith('[Twilio]'))).toEqual([]);
    });

    it('are asked who they are at a shared number, and only the one who was named promises', async () => {
      const [first, second] = await Promise.all(pair.map((who) => texting.person(who)));
      expect(texting.bodies(pair[0]!).filter((text) => text.includes('cannot tell who writes'))).toHaveLength(
        1,
      );
      expect(second!.promises).toMatchObject([{ amount: 500 }]);
      expect(first!.promises).toEqual([]);
    });

    it('need nothing that the roles of the functions do not allow', () => {
      expect(refused).toEqual([]);
      expect(world.twilio.problems).toEqual([]);
    });
  });
}
