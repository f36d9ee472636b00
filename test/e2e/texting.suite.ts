import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReplyParts } from '#cli/config/read-replies.ts';
import { configDir } from '#infra/build/build-paths.ts';
import type { Assembly } from '#infra/local/start/build-assembly.ts';
import type { LocalWorld } from '#infra/local/start/open-world.ts';
import { postPayment } from '#infra/local/start/payers.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import type { Person } from '#shared/contracts/person.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '#shared/kernel/instant.ts';
import { askAsOperator, openCalmWorld, untilTextsWait } from '#test/e2e/calm-world.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

/** A Monday; everybody here is eight days past due, on which day a text message is due. */
const startAtMs = Date.parse('2026-03-08T20:00:00Z');

/** Our numbers (config/creditors). */
const ours = { 'demo-bank-cn': '+12025550121', 'demo-bank-us': '+12125550111' } as const;
type CreditorId = keyof typeof ours;

/** Somebody who owes 500, with a text message due on their eighth day past due. */
interface Owing {
  readonly id: string;
  readonly phone: string;
  readonly creditor: CreditorId;
  readonly locale: string;
}

const places = {
  'demo-bank-cn': { country: 'CN', region: 'SH', postalCode: '200000', currency: 'CNY' },
  'demo-bank-us': { country: 'US', region: 'NY', postalCode: '10001', currency: 'USD' },
} as const;

/** What people write by text message, through the synthesised template with its queues, tables, roles and doors. */
export function textingSuite(assembly: () => Assembly): void {
  describe('people who write back', () => {
    let world: LocalWorld;
    let wrong: readonly string[] = [];

    beforeAll(async () => {
      ({ world, wrong } = await openCalmWorld(assembly(), { startAtMs, seed: 'texting' }));
    }, 120_000);
    afterAll(() => world.stop());

    const takeIn = async ({ id, phone, creditor, locale }: Owing): Promise<void> => {
      const row = portfolioObject({
        ...{ accountId: `card-${id}`, debtorId: id, phone, creditor, locale, ...places[creditor] },
        ...{ pastDue: '500.00', minimumDue: '500.00', consents: 'sms:express' },
      });
      const { status } = await askAsOperator(world, 'PUT', `/accounts/card-${id}`, row);
      expect(status).toBe(200);
    };
    const writes = async ({ phone, creditor }: Pick<Owing, 'phone' | 'creditor'>, body: string) => {
      await world.twilio.receiveSms({ from: phone, to: ours[creditor], body });
      await world.run.settle();
    };
    const textsTo = ({ phone }: Pick<Owing, 'phone'>) =>
      world.twilio.messages().filter(({ to, from }) => to === phone && from !== phone);
    const lastTextTo = (who: Owing): string => textsTo(who).at(-1)?.body ?? '';
    const pass = (ms: number) => world.run.advanceTo(world.clock.now() + ms);
    /** Lets time pass until so many texts have come, or for three days. */
    const untilTexts = async (who: Owing, count: number): Promise<void> => {
      const latest = world.clock.now() + 3 * dayMs;
      while (textsTo(who).length < count && world.clock.now() < latest) await pass(10 * minuteMs);
      expect(textsTo(who).length).toBeGreaterThanOrEqual(count);
    };
    const personOf = async ({ id }: Pick<Owing, 'id'>): Promise<Person> =>
      (await peopleReader(world.run)()).find(({ debtorId }) => debtorId === id)!;

    const lin: Owing = { id: 'lin', phone: '+8615400000001', creditor: 'demo-bank-cn', locale: 'zh-CN' };
    const ana: Owing = { id: 'ana', phone: '+12125550151', creditor: 'demo-bank-us', locale: 'en' };
    it.each([
      { who: lin, says: '周五还500', friday: '2026-03-13' },
      { who: ana, says: 'I will pay 500 on Friday', friday: '2026-03-13' },
    ])(
      'have a promise confirmed, are reminded of it, pay and get a receipt: $says',
      async ({ who, says, friday }) => {
        await takeIn(who);
        await untilTexts(who, 1);
        const reminder = textsTo(who)[0]!;
        await writes(who, says);
        await untilTexts(who, 2);
        expect(textsTo(who)[1]!.createdAt - reminder.createdAt).toBeLessThan(hourMs);
        expect(lastTextTo(who)).toMatch(/500/);
        expect((await personOf(who)).promises).toMatchObject([{ amount: 500, dueDate: friday }]);
        await untilTexts(who, 3);
        expect(lastTextTo(who)).toMatch(/500/);
        await postPayment(world, {
          ...{ paymentId: `pay-${who.id}`, debtorId: who.id, accountId: `card-${who.id}`, amount: 500 },
          ...{ currency: places[who.creditor].currency, bookedAt: new Date(world.clock.now()).toISOString() },
        });
        await untilTexts(who, 4);
        const templates = (await personOf(who)).attempts.map(({ template }) => template);
        expect(templates).toEqual([...[templates[0], 'promise-confirmation', 'promise-reminder', 'receipt']]);
        expect((await personOf(who)).accounts[0]).toMatchObject({ pastDue: 0 });
      },
      300_000,
    );
  });
}
