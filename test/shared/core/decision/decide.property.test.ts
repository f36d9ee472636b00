import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import { attemptStates, type AttemptState, type LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { dayMs, minuteMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import { caseOf } from '#shared/usecases/next-wake-up.ts';
import { account, at, debtor, entryFor, person } from '#test/builders/person.ts';
import { chinaPack, rules } from '#test/builders/rules.ts';

const start = at('2026-03-02T00:00:00Z');
/** More decisions than any person's strategy can ask for: reaching it means that something turns in circles. */
const decisionsMax = 400;

const accountArb = fc.record({
  accountId: fc.constantFrom('A1', 'A2', 'A3'),
  dueDate: fc
    .integer({ min: -40, max: 6 })
    .map((days) => new Date(start + days * dayMs).toISOString().slice(0, 10)),
  currency: fc.constantFrom('CNY', 'USD'),
});

const hoursArb = fc
  .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 23 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => [`${pad(from)}:00-${pad(to)}:00`] as [string]);

const lifeArb = fc.record({
  accounts: fc.uniqueArray(accountArb, { selector: (one) => one.accountId, minLength: 1, maxLength: 3 }),
  hours: hoursArb,
  hasPhone: fc.boolean(),
  optedOut: fc.boolean(),
  outcomes: fc.array(fc.constantFrom(...attemptStates), { minLength: 1, maxLength: 12 }),
});

type LifeInput = typeof lifeArb extends fc.Arbitrary<infer Input> ? Input : never;

interface Life {
  readonly who: Person;
  readonly contacts: readonly LedgerEntry[];
  readonly end: string;
}

/** Lives through a person's collection: every wait is waited for, every contact gets the next outcome. */
function live(life: LifeInput): Life {
  const using = rules({ policies: [packWith(life.hours)] });
  let who = personOf(life);
  let now: Instant = start;
  for (let count = 0; count < decisionsMax; count += 1) {
    const decision = decide(who, using, now);
    if (decision.kind === 'rest') return { who, contacts: who.attempts, end: 'rest' };
    if (decision.kind === 'wait') {
      if (decision.until <= now) throw new Error(`waits until ${decision.until}, which is not after ${now}`);
      now = decision.until;
    } else if (decision.kind === 'place') {
      throw new Error('these rules have no agency');
    } else if (decision.kind === 'case') {
      who = { ...who, cases: [...who.cases, caseOf(decision, who.debtorId, now)] };
    } else {
      const state = life.outcomes[who.attempts.length % life.outcomes.length] ?? 'delivered';
      const entry = entryFor(decision.contact, { reservedAt: now, state, ...retryOf(state, now) });
      who = { ...who, attempts: [...who.attempts, entry] };
    }
  }
  return { who, contacts: who.attempts, end: 'circles' };
}

describe('decide, followed through any life', () => {
  it('comes to an end in which every overdue account is owned by people', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        const { who, end } = live(life);
        expect(end).toBe('rest');
        for (const { accountId } of who.accounts.filter((one) => one.pastDue > 0)) {
          expect(who.cases.map((one) => one.accountId)).toContain(accountId);
        }
      }),
    );
  });

  it('contacts only inside the permitted hours, with the gap between, and never twice under one id', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        const { contacts } = live(life);
        expect(new Set(contacts.map((entry) => entry.contactId)).size).toBe(contacts.length);
        for (const [index, entry] of contacts.entries()) {
          expect(isInside(life.hours[0], entry.reservedAt)).toBe(true);
          const previous = contacts[index - 1];
          if (previous !== undefined && previous.state !== 'failed') {
            expect(entry.reservedAt - previous.reservedAt).toBeGreaterThanOrEqual(60 * minuteMs);
          }
        }
      }),
    );
  });

  it('uses no channel without an address and none that the person opted out of', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        for (const { channel } of live(life).contacts) {
          if (!life.hasPhone) expect(channel).toBe('email');
          if (life.optedOut) expect(channel).not.toBe('sms');
        }
      }),
    );
  });

  it('gives the same decision for the same facts', () => {
    fc.assert(
      fc.property(lifeArb, fc.integer({ min: 0, max: 60 * 24 * 60 }), (life, minutes) => {
        const who = personOf(life);
        const now = toInstant(start + minutes * minuteMs);
        const using = rules({ policies: [packWith(life.hours)] });
        const mirrored = { ...who, accounts: [...who.accounts].reverse() };
        expect(decide(mirrored, using, now)).toEqual(decide(who, using, now));
      }),
    );
  });
});

function personOf({ accounts, hasPhone, optedOut }: LifeInput): Person {
  const { phone: _phone, ...mailOnly } = debtor();
  const consents = optedOut ? [{ channel: 'sms' as const, level: 'optout' as const, at: start - dayMs }] : [];
  const profile = hasPhone ? debtor({ consents }) : { ...mailOnly, consents };
  const overdue = (dueDate: string) => dueDate < new Date(start).toISOString().slice(0, 10);
  return person({
    debtor: profile,
    accounts: accounts.map((one): Account => account({ ...one, pastDue: overdue(one.dueDate) ? 100 : 0 })),
  });
}

function packWith(hours: string[]) {
  return { ...chinaPack, rules: [{ ...chinaPack.rules[0]!, allow: { daily: hours } }] } as typeof chinaPack;
}

function retryOf(state: AttemptState, now: Instant) {
  return state === 'failed' ? { retryAt: now + 5 * minuteMs } : {};
}

function isInside(hours: string, instant: number): boolean {
  const wall = new Date(instant + 8 * 60 * minuteMs).toISOString().slice(11, 16);
  return wall >= hours.slice(0, 5) && wall < hours.slice(6, 11);
}

function pad(hour: number): string {
  return String(hour).padStart(2, '0');
}
