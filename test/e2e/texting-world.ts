import { expect } from 'vitest';
import { readReplyParts } from '#cli/config/read-replies.ts';
import { configDir } from '#infra/build/build-paths.ts';
import type { LocalWorld } from '#infra/local/start/open-world.ts';
import type { MessageRecord } from '#infra/local/twilio/records.ts';
import { peopleReader } from '#infra/local/start/read-people.ts';
import type { Person } from '#shared/contracts/person.ts';
import { dayMs, minuteMs } from '#shared/kernel/instant.ts';
import { askAsOperator } from '#test/e2e/calm-world.ts';
import { portfolioObject } from '#test/builders/portfolio-object.ts';

/** Our numbers (config/creditors). */
const ours = { 'demo-bank-cn': '+12025550121', 'demo-bank-us': '+12125550111' } as const;

export const places = {
  'demo-bank-cn': { country: 'CN', region: 'SH', postalCode: '200000', currency: 'CNY' },
  'demo-bank-us': { country: 'US', region: 'NY', postalCode: '10001', currency: 'USD' },
} as const;

/** Somebody who owes 500 and has a telephone. */
export interface Owing {
  readonly id: string;
  readonly phone: string;
  readonly creditor: keyof typeof ours;
  readonly locale: string;
  readonly ending?: string;
}

/** Every keyword by which somebody ends messages, of every language that the shipped tables read. */
export async function stopWords(): Promise<readonly string[]> {
  const { replyTables } = await readReplyParts(configDir);
  return [...new Set(replyTables.found.flatMap(({ value }) => value.keywords.opt_out ?? []))];
}

/** Lets people of a calm world write, and looks at what their telephones got. */
export class Texting {
  readonly #world: LocalWorld;

  constructor(world: LocalWorld) {
    this.#world = world;
  }

  /** Takes in their account, eight days past due. */
  async takeIn({ id, phone, creditor, locale, ending }: Owing): Promise<void> {
    const row = portfolioObject({
      ...{ accountId: `card-${id}`, debtorId: id, phone, creditor, locale, ...places[creditor] },
      ...{ pastDue: '500.00', minimumDue: '500.00', consents: 'sms:express' },
      ...(ending !== undefined && { x_account_ending: ending }),
    });
    const { status } = await askAsOperator(this.#world, 'PUT', `/accounts/card-${id}`, row);
    expect(status).toBe(200);
  }

  /** Writes to the creditor's number, and waits until all that follows at once has happened. */
  async write({ phone, creditor }: Pick<Owing, 'phone' | 'creditor'>, body: string): Promise<void> {
    await this.#world.twilio.receiveSms({ from: phone, to: ours[creditor], body });
    await this.#world.run.settle();
  }

  to({ phone }: Pick<Owing, 'phone'>): readonly MessageRecord[] {
    return this.#world.twilio.messages().filter(({ to }) => to === phone);
  }

  bodies(who: Pick<Owing, 'phone'>): readonly string[] {
    return this.to(who).map(({ body }) => body);
  }

  /** Lets time pass until so many texts have come, at most three days. */
  async until(who: Owing, count: number): Promise<void> {
    const { run, clock } = this.#world;
    const latest = clock.now() + 3 * dayMs;
    while (this.to(who).length < count && clock.now() < latest)
      await run.advanceTo(clock.now() + 10 * minuteMs);
    expect(this.to(who).length, who.id).toBeGreaterThanOrEqual(count);
  }

  async person({ id }: Pick<Owing, 'id'>): Promise<Person> {
    const found = (await peopleReader(this.#world.run)()).find(({ debtorId }) => debtorId === id);
    if (found === undefined) throw new Error(`${id} is not in the table`);
    return found;
  }
}
