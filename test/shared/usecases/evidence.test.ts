import { describe, expect, it } from 'vitest';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { minuteMs } from '#shared/kernel/instant.ts';
import { sendContact } from '#shared/usecases/send-contact.ts';
import { account, at } from '#test/builders/person.ts';
import { chinaPack, rules } from '#test/builders/rules.ts';
import { world } from '#test/builders/world.ts';

const afternoon = at('2026-03-02T16:45:00+08:00');
const night = at('2026-03-02T23:00:00+08:00');

describe('the evidence of a contact', () => {
  it('is the decision that the ledger entry names, with the whole question and answer', async () => {
    const here = await world({ now: afternoon });
    await sendContact(here.wake(), here.sendParts);
    const [entry] = await here.ledger();
    const evidence = await here.store.evidenceOf(entry!.evidence);
    const facts: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(evidence).toMatchObject({
      decisionId: entry!.evidence,
      kind: 'contact',
      contactId: entry!.contactId,
      accountId: 'A1',
      at: afternoon,
      channel: 'sms',
      about: [{ strategy: 'card@2026.1.0', stage: 'early', step: 'first' }],
      config: 'config-test',
      request: {
        at: '2026-03-02T08:45:00Z',
        packs: ['cn-test'],
        jurisdiction: { institution: 'CN', residence: 'CN-SH' },
        debtor: {
          id: 'P1',
          zones: [
            { zone: 'Asia/Shanghai', evidence: 'address' },
            { zone: 'Asia/Shanghai', evidence: 'number' },
          ],
        },
        debt: { id: 'A1', daysPastDue: 1, product: 'credit_card' },
      },
      decision: {
        allowed: true,
        reasons: [],
        packs: { 'cn-test': '2026.1.0' },
        facts,
      },
    });
    expect(await here.store.evidence('P1')).toEqual([evidence]);
  });

  it('names the earlier contacts that a rule can still count, and none from before', async () => {
    const here = await world({ now: afternoon });
    const contact = async () => {
      await sendContact(here.wake(), here.sendParts);
      const { contactId } = (await here.ledger()).at(-1)!;
      await here.store.recordAttempt('P1', contactId, { state: 'delivered', at: here.clock.now() });
    };
    await contact();
    for (const [accountId, dueDate, now] of [
      ['A2', '2026-03-02', '2026-03-03T16:50:00+08:00'],
      ['A3', '2026-03-04', '2026-03-05T16:55:00+08:00'],
    ] as const) {
      const accounts = [account({ accountId, dueDate })];
      await here.store.saveFeeds([{ debtorId: 'P1', accounts, stops: true }]);
      here.clock.set(at(now));
      await contact();
    }
    const [, second, third] = await here.store.evidence('P1');
    expect(second?.request.history).toMatchObject([{ at: '2026-03-02T08:45:00Z', channel: 'sms' }]);
    expect(third).toMatchObject({ accountId: 'A3', kind: 'contact' });
    expect(third?.request).not.toHaveProperty('history');
  });
});

describe('the evidence of a contact that is withheld', () => {
  it('names the rule that denied it, once, however often and late the wake-up is delivered', async () => {
    const here = await world({ now: night });
    const wake = here.wake();
    for (let delivery = 0; delivery < 3; delivery += 1) {
      await sendContact(wake, here.sendParts);
      here.clock.advance(7 * minuteMs);
    }
    const evidence = await here.store.evidence('P1');
    expect(evidence).toMatchObject([
      {
        kind: 'withheld',
        at: night,
        accountId: 'A1',
        channel: 'sms',
        about: [{ step: 'first' }],
        decision: { allowed: false, reasons: [{ rule: 'cn-test/hours' }], nextAt: '2026-03-03T00:00:00Z' },
      },
    ]);
    expect(evidence[0]).not.toHaveProperty('contactId');
    expect(await here.ledger()).toEqual([]);
  });

  it('is told anew when another rule denies it', async () => {
    const here = await world({ now: night });
    const wake = here.wake();
    await sendContact(wake, here.sendParts);
    await here.store.recordConsent('P1', { channel: 'sms', level: 'optout', at: night });
    await sendContact(wake, here.sendParts);
    const reasons = (await here.store.evidence('P1')).map(({ decision }) =>
      'error' in decision ? decision.error : decision.reasons.map(({ rule }) => rule),
    );
    expect(reasons).toHaveLength(2);
    expect(reasons).toContainEqual(['cn-test/hours', 'builtin/optout']);
  });

  it('is there for each account whose contact was due', async () => {
    const here = await world({ now: night, accounts: [{}, { accountId: 'A2' }] });
    await sendContact(here.wake(), here.sendParts);
    const evidence = await here.store.evidence('P1');
    expect(evidence.map(({ accountId }) => accountId).sort()).toEqual(['A1', 'A2']);
  });

  it('is there when the last permitted channel is closed and people take over', async () => {
    const always = [{ ...chinaPack, rules: [{ ...chinaPack.rules[0]!, allow: { daily: [] } }] } as RulePack];
    const here = await world({ now: afternoon, rules: rules({ policies: always }) });
    expect(await sendContact(here.wake(), here.sendParts)).toEqual({ kind: 'withheld', decided: 'case' });
    expect(await here.store.evidence('P1')).toMatchObject([
      { kind: 'withheld', decision: { allowed: false, nextAt: null } },
    ]);
  });
});

describe('no evidence is left', () => {
  it('while a permitted contact waits for the hours that the strategy prefers', async () => {
    const here = await world({ now: at('2026-03-02T09:00:00+08:00') });
    expect(await sendContact(here.wake(), here.sendParts)).toMatchObject({ decided: 'wait' });
    expect(await here.store.evidence('P1')).toEqual([]);
  });

  it('when the account was paid meanwhile, or waits for an answer on another channel', async () => {
    const here = await world({ now: night, accounts: [{ pastDue: 0 }] });
    await sendContact(here.wake(), here.sendParts);
    expect(await here.store.evidence('P1')).toEqual([]);
  });

  it('of a reservation that another sender was quicker with', async () => {
    const here = await world({ now: afternoon });
    await Promise.all([sendContact(here.wake(), here.sendParts), sendContact(here.wake(), here.sendParts)]);
    expect(await here.store.evidence('P1')).toHaveLength(1);
  });
});
