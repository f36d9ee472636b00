import { describe, expect, it } from 'vitest';
import { ConditionSchema, type Condition } from '#shared/contracts/condition.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { compileCondition } from '#shared/core/conditions/compile-condition.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { dayMs } from '#shared/kernel/instant.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';
import { entry, payment } from '#test/builders/stored.ts';

const now = at('2026-03-10T12:00:00Z');

interface Life {
  readonly account?: Partial<Account>;
  readonly person?: Partial<Person>;
}

function holds(condition: Condition, { account: changes = {}, person: others = {} }: Life = {}): boolean {
  const own = account(changes);
  const who = person({ accounts: [own], ...others });
  const view = viewOf(who, rules(), now);
  if (view === null) throw new Error('the person has no profile');
  return compileCondition(ConditionSchema.parse(condition))(factScope(own, view));
}

/** A contact of some days ago. */
function contact(contactId: string, daysAgo: number, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return entry({ contactId, reservedAt: now - daysAgo * dayMs, state: 'delivered', ...changes });
}

const call = { channel: 'call', state: 'no_answer' } as const;

describe('a condition', () => {
  it.each<[string, Condition, Life, boolean]>([
    ['a number that is equal', { pastDue: 100 }, {}, true],
    ['a number that is not', { pastDue: 99 }, {}, false],
    ['at least', { pastDue: { gte: 100 } }, {}, true],
    ['greater than', { pastDue: { gt: 100 } }, {}, false],
    ['less than', { pastDue: { lt: 100 } }, {}, false],
    ['at most', { pastDue: { lte: 100 } }, {}, true],
    ['between', { balance: { gte: 1_000, lt: 1_001 } }, {}, true],
    ['days where the person lives', { daysPastDue: 9 }, {}, true],
    ['instalments', { instalmentsLate: 1 }, {}, true],
    ['a word', { product: 'credit_card' }, {}, true],
    ['a word of a list', { currency: ['USD', 'CNY'] }, {}, true],
    ['a word that is another', { currency: { not: 'CNY' } }, {}, false],
    ['a word that is none of a list', { currency: { not: ['USD', 'EUR'] } }, {}, true],
    ['all of several', { product: 'credit_card', currency: 'USD' }, {}, false],
    ['a region that is not known', { region: { not: 'SH' } }, { person: { debtor: plain() } }, false],
    ['one of several alternatives', { any: [{ currency: 'USD' }, { pastDue: 100 }] }, {}, true],
    ['none of the alternatives', { any: [{ currency: 'USD' }, { pastDue: 1 }] }, {}, false],
    ['an excluded one', { none: [{ currency: 'CNY' }] }, {}, false],
    ['no excluded one', { product: 'credit_card', none: [{ currency: 'USD' }] }, {}, true],
    ['an attribute as a word', { attributes: { x_vip: 'yes' } }, told({ x_vip: 'yes' }), true],
    ['an attribute as a number', { attributes: { x_years: { gte: 9 } } }, told({ x_years: '10' }), true],
    [
      'an attribute that is no number',
      { attributes: { x_years: { lt: 9 } } },
      told({ x_years: 'ten' }),
      false,
    ],
    ['an attribute that nobody told', { attributes: { x_vip: { not: 'yes' } } }, {}, false],
    ['broken promises that nobody told', { brokenPromises: 0 }, {}, true],
    ['broken promises of the feed', { brokenPromises: { gte: 2 } }, told({ x_broken_promises: '2' }), true],
    ['risk that nobody told', { risk: { gte: 0 } }, {}, false],
    [
      'risk of the feed',
      { risk: { gte: 0.7 }, recovery: { lt: 0.31 } },
      { account: { riskScore: 0.7 } },
      true,
    ],
    ['contacts, failures left out', { contacts: 1 }, past(contact('a', 1), contact('b', 2, failed)), true],
    ['contacts of an earlier age', { contacts: 0 }, past(contact('a', 1, ofFebruary)), true],
    [
      'contacts by channel',
      { contactsSms: 1, contactsCall: 1 },
      past(contact('a', 2), contact('b', 1, call)),
      true,
    ],
    [
      'calls without an answer',
      { unansweredCalls: 2 },
      past(contact('a', 2, call), contact('b', 1, call)),
      true,
    ],
    ['conversations', { conversations: 1 }, past(contact('a', 1, { ...call, state: 'conversation' })), true],
    ['the last outcome', { lastOutcome: 'no_answer' }, past(contact('a', 2), contact('b', 1, call)), true],
    ['the last channel', { lastChannel: ['call'] }, past(contact('a', 2), contact('b', 1, call)), true],
    ['no outcome yet', { lastOutcome: { not: 'no_answer' } }, {}, false],
    ['days since a contact', { daysSinceContact: { gte: 2 } }, past(contact('a', 2.5)), true],
    ['no contact ever', { daysSinceContact: { gte: 0 } }, {}, false],
    ['how messages are received', { responseSms: 0.5 }, past(contact('a', 3), contact('b', 2, lost)), true],
    ['a channel never tried', { responseCall: { gte: 0 } }, past(contact('a', 3)), false],
    ['payments', { payments: 1, daysSincePayment: 0 }, { person: { payments: [paid()] } }, true],
    ['channels that reach', { reachable: 'call' }, {}, true],
    ['no channel that reaches', { none: [{ reachable: ['sms', 'email', 'call'] }] }, unreachable(), true],
    ['a refused channel', { optedOut: 'sms', reachable: 'email' }, refused(), true],
    ['accounts that are late', { accountsLate: { gte: 2 } }, two(), true],
  ])('tells %s', (_, condition, life, expected) => {
    expect(holds(condition, life)).toBe(expected);
  });

  it('that says nothing, or nothing known, is refused', () => {
    expect(ConditionSchema.safeParse({}).success).toBe(false);
    expect(ConditionSchema.safeParse({ pastDue: {} }).success).toBe(false);
    expect(ConditionSchema.safeParse({ shoeSize: 43 }).success).toBe(false);
    expect(ConditionSchema.safeParse({ attributes: { vip: 'yes' } }).success).toBe(false);
    expect(ConditionSchema.safeParse({ pastDue: 'much' }).success).toBe(false);
  });
});

const failed = { state: 'failed' } as const;
const lost = { state: 'undelivered' } as const;
const ofFebruary: Partial<LedgerEntry> = {
  about: [{ accountId: 'A1', strategy: 's@1', stage: 'early', step: 'one', dueDate: '2026-02-01' }],
};

function past(...attempts: LedgerEntry[]): Life {
  return { person: { attempts } };
}

function told(attributes: Record<string, string>): Life {
  return { account: { attributes } };
}

function plain() {
  const { region: _region, ...others } = debtor();
  return others;
}

function paid() {
  return { ...payment(), bookedAt: now };
}

function unreachable(): Life {
  const { phone: _phone, email: _email, ...others } = debtor();
  return { person: { debtor: others } };
}

function refused(): Life {
  return { person: { consents: [{ channel: 'sms', level: 'optout', at: now }] } };
}

function two(): Life {
  return { person: { accounts: [account(), account({ accountId: 'A2' })] } };
}
