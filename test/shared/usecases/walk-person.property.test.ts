import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#cli/read-config.ts';
import { attemptStates, type AttemptState } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { contactEvidence } from '#shared/core/decision/decision-evidence.ts';
import { inLedgerOrder } from '#shared/core/ledger/ledger-order.ts';
import { dayMs, toInstant } from '#shared/kernel/instant.ts';
import { walkPerson } from '#shared/usecases/walk-person.ts';
import { liveThrough } from '#test/builders/life.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { createFakeDebtorStore } from '#test/fakes/fake-debtor-store.ts';

const from = at('2026-03-02T05:00:00Z');
const days = 40;
const until = toInstant(from + days * dayMs);

let rules: DecisionRules;
beforeAll(async () => {
  const read = await readConfig('config', { today: '2026-03-02' });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  rules = compileRules(read.bundle);
});

const homes = [
  { country: 'US', region: 'MA', postalCode: '02108', phone: '+16175550101', creditor: 'demo-bank-us' },
  { country: 'US', region: 'NY', postalCode: '10001', phone: '+13105550101', creditor: 'demo-bank-us' },
  { country: 'CN', region: 'SH', postalCode: '200000', phone: '+8615400000001', creditor: 'demo-bank-cn' },
  { country: 'GB', region: 'ENG', postalCode: 'SW1A', phone: '+447700900001', creditor: 'demo-bank-gb' },
  { country: 'TW', region: 'TPE', postalCode: '100', phone: '+886900000001', creditor: 'demo-bank-tw' },
] as const;

const lifeArb = fc.record({
  home: fc.constantFrom(...homes),
  ages: fc.array(fc.integer({ min: -6, max: 70 }), { minLength: 1, maxLength: 3 }),
  // What becomes of a contact after the provider has taken it.
  outcome: fc.constantFrom(...attemptStates.slice(attemptStates.indexOf('sent'))),
  hasEmail: fc.boolean(),
  optedOut: fc.constantFrom('sms', 'call', null),
});
type Life = typeof lifeArb extends fc.Arbitrary<infer Value> ? Value : never;

function personOf({ home, ages, hasEmail, optedOut }: Life): Person {
  const { creditor, ...address } = home;
  const consents = [
    { channel: 'email' as const, level: 'written' as const, at: 0 },
    ...(optedOut === null ? [] : [{ channel: optedOut, level: 'optout' as const, at: 0 }]),
  ];
  const { email, ...profile } = debtor({ ...address, consents });
  const accounts = ages.map((age, index) => {
    const dueDate = new Date(from - age * dayMs).toISOString().slice(0, 10);
    return account({ accountId: `A${index}`, creditor, dueDate, pastDue: age > 0 ? 100 : 0 });
  });
  return person({ debtor: hasEmail ? { ...profile, email: email! } : profile, accounts });
}

function walkOf(who: Person, outcome: AttemptState) {
  return walkPerson(who, rules, { from, until, outcomes: { sms: outcome, email: outcome, call: outcome } });
}

/** Found: what became of the last contact decides why the account is given away. */
const lostToTheLast: Life = {
  home: homes.find(({ country }) => country === 'GB')!,
  ages: [1, 0],
  outcome: 'undelivered',
  hasEmail: false,
  optedOut: 'sms',
};

describe('any walk', () => {
  it('contains only contacts that the permission engine permits at their moment, in order and within the days', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        const who = personOf(life);
        const { contacts } = walkOf(who, life.outcome);
        for (const [index, entry] of contacts.entries()) {
          const facts = { ...who, attempts: contacts.slice(0, index) };
          const now = toInstant(entry.reservedAt);
          expect(now).toBeGreaterThanOrEqual(contacts[index - 1]?.reservedAt ?? from);
          expect(now).toBeLessThan(until);
          expect(contactEvidence(entry, { person: facts, rules, now, wokenFor: now }).decision).toMatchObject(
            {
              allowed: true,
            },
          );
        }
      }),
    );
  });

  it('is what the main job does when contacts end as assumed', async () => {
    await fc.assert(
      fc.asyncProperty(lifeArb, async (life) => {
        const who = personOf(life);
        const store = createFakeDebtorStore({ shards: 1 });
        await liveThrough({
          store,
          rules,
          start: from,
          days,
          debtor: who.debtor!,
          accounts: who.accounts,
          outcomes: [life.outcome],
          lateMinutes: [0],
          isPrompt: true,
        });
        const lived = (await store.load('P1'))!;
        const walked = walkOf(who, life.outcome);
        const contact = ({ contactId, reservedAt, channel, template }: (typeof lived.attempts)[number]) => ({
          contactId,
          reservedAt,
          channel,
          template,
        });
        // Two contacts of one moment have no order of their own.
        expect(inLedgerOrder(walked.contacts).map(contact)).toEqual(
          lived.attempts.filter(({ reservedAt }) => reservedAt < until).map(contact),
        );
        const handedOver = walked.handedOver.map(({ accountId, at: openedAt, reason }) => ({
          accountId,
          openedAt,
          reason,
        }));
        const opened = lived.cases
          .filter(({ openedAt }) => openedAt < until)
          .map(({ accountId, openedAt, reason }) => ({ accountId, openedAt, reason }));
        const inOrder = <One extends { accountId: string }>(all: One[]): One[] =>
          all.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
        expect(inOrder(handedOver)).toEqual(inOrder(opened));
      }),
      { examples: [[lostToTheLast]] },
    );
  });

  it('is the same again', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        expect(walkOf(personOf(life), life.outcome)).toEqual(walkOf(personOf(life), life.outcome));
      }),
    );
  });
});
