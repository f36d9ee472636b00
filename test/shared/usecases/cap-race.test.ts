import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDebtorStore } from '#functions/_adapters/dynamodb/debtor-store.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { account, at, debtor } from '#test/builders/person.ts';
import { bundle, chinaPack, rules } from '#test/builders/rules.ts';
import { world } from '#test/builders/world.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';

const sendersAtOnce = 8;
const afternoon = at('2026-03-02T16:45:00+08:00');

/** No gap between contacts, so that the cap alone stands between the senders and one contact too many. */
function rulesWithCap(max: number) {
  const cap: RulePack['rules'][number] = {
    id: 'a-day',
    kind: 'cap',
    force: 'must',
    purposes: ['reminder', 'collection'],
    count: 'any_contact',
    max,
    window: 'calendar_day',
    scope: ['debtor'],
  };
  const policies = [{ ...chinaPack, rules: [...chinaPack.rules, cap] }];
  return rules({ policies, limits: { ...bundle().limits, gapMinutes: 0 } });
}

describe('several senders at the same time, on the local DynamoDB', () => {
  let dynamodb: LocalDynamodb;
  beforeAll(async () => {
    dynamodb = await startLocalDynamodb();
  });
  afterAll(() => dynamodb.stop());

  it.each([1, 2])('make no more than the %d contacts that the cap of a day permits', async (max) => {
    const currencies = ['CNY', 'USD', 'EUR', 'GBP', 'JPY', 'TWD', 'HKD', 'AUD'];
    const here = await world({ now: afternoon, rules: rulesWithCap(max) });
    const store = createDebtorStore(await dynamodb.createTable(2));
    // Each currency is a message of its own: all eight are due.
    const accounts = currencies.map((currency) => account({ accountId: `A-${currency}`, currency }));
    await store.saveFeeds([{ debtorId: 'P1', debtor: debtor(), accounts, stops: false }]);
    const parts = { ...here.sendParts, store };
    await Promise.all(
      Array.from({ length: sendersAtOnce }, () => sendContact(here.wake(), parts).catch(() => undefined)),
    );
    const person = await store.load('P1');
    expect(person?.attempts).toHaveLength(max);
    expect(here.sms.sent).toHaveLength(max);
  });
});
