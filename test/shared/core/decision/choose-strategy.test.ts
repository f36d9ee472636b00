import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { chooseStrategy } from '#shared/core/decision/choose-strategy.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { account, at, person } from '#test/builders/person.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';

/** A version of the card strategy; its stages are pre-due (-5 to 0) and early (1 to 30). */
function version(number: number, changes: Partial<Strategy> = {}): Strategy {
  return { ...cardStrategy, version: `2026.${number}.0`, ...changes };
}

/** The strategy that the account follows at noon of a date in Shanghai. */
function chosen(
  strategies: readonly Strategy[],
  date: LocalDate,
  changes: Partial<Account> = {},
): string | null {
  const own = account(changes);
  const view = viewOf(
    person({ accounts: [own] }),
    rules({ strategies: [...strategies] }),
    at(`${date}T04:00:00Z`),
  );
  return view && (chooseStrategy(factScope(own, view))?.strategy.id ?? null);
}

const old = version(1);
const dueMarch1 = { dueDate: '2026-03-01' };

describe('of several versions of a strategy', () => {
  const migrating = version(2, { effective: { from: '2026-03-10' } });
  const finishing = version(2, { effective: { from: '2026-03-10' }, running: 'finish_stage' });

  it('the older one is in force until the day of the newer one', () => {
    expect(chosen([old, migrating], '2026-03-09')).toBe('card@2026.1.0');
    expect(chosen([migrating, old], '2026-03-10')).toBe('card@2026.2.0');
  });

  it('a date is one where the person lives', () => {
    const strategies = [old, version(2, { effective: { from: '2026-03-10' } })];
    const own = account();
    const justBefore = viewOf(person(), rules({ strategies }), at('2026-03-09T23:59:59+08:00'));
    const justAfter = viewOf(person(), rules({ strategies }), at('2026-03-10T00:00:00+08:00'));
    expect(chooseStrategy(factScope(own, justBefore!))?.strategy.id).toBe('card@2026.1.0');
    expect(chooseStrategy(factScope(own, justAfter!))?.strategy.id).toBe('card@2026.2.0');
  });

  it('an account finishes the stage that it began before the newer one, where that says so', () => {
    expect(chosen([old, finishing], '2026-03-20', dueMarch1)).toBe('card@2026.1.0');
    expect(chosen([old, finishing], '2026-03-31', dueMarch1)).toBe('card@2026.1.0');
  });

  it('an account whose stage began on the day of the newer one, or later, follows the newer one', () => {
    expect(chosen([old, finishing], '2026-03-20', { dueDate: '2026-03-09' })).toBe('card@2026.2.0');
    expect(chosen([old, finishing], '2026-03-20', { dueDate: '2026-03-08' })).toBe('card@2026.1.0');
  });

  it('an account outside every stage of the older one follows the newer one', () => {
    expect(chosen([old, finishing], '2026-04-05', dueMarch1)).toBe('card@2026.2.0');
  });

  it('a payment that made the account younger began its stage anew', () => {
    const paid = { ...dueMarch1, agedSince: at('2026-03-12T12:00:00+08:00') };
    expect(chosen([old, finishing], '2026-03-20', paid)).toBe('card@2026.2.0');
  });

  it('a later one that takes everybody over ends what an earlier one left', () => {
    const third = version(3, { effective: { from: '2026-03-15' } });
    expect(chosen([old, finishing, third], '2026-03-14', dueMarch1)).toBe('card@2026.1.0');
    expect(chosen([old, finishing, third], '2026-03-15', dueMarch1)).toBe('card@2026.3.0');
  });

  it('one that ended leaves the account to the next strategy that is meant for it', () => {
    const ended = version(1, { effective: { to: '2026-03-10' }, products: ['credit_card'] });
    const general = { ...cardStrategy, strategy: 'general' };
    expect(chosen([ended, general], '2026-03-10')).toBe('card@2026.1.0');
    expect(chosen([ended, general], '2026-03-11')).toBe('general@2026.1.0');
  });

  it('the choice only goes forward in time while an account ages, whatever the dates and declarations', () => {
    const dates = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-02-15', days));
    const running = fc.constantFrom('migrate' as const, 'finish_stage' as const);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(dates, running), { maxLength: 4, selector: ([date]) => date }),
        (changes) => {
          const inOrder = changes.toSorted(([a], [b]) => (a < b ? -1 : 1));
          const versions = inOrder.map(([from, how], index) =>
            version(index + 2, { effective: { from }, running: how }),
          );
          const seen = Array.from({ length: 70 }, (_, day) =>
            chosen([old, ...versions], addDays('2026-02-10', day)),
          );
          expect(seen).toEqual(seen.toSorted());
        },
      ),
    );
  });
});

describe('of several strategies', () => {
  it('the first that is meant for the account counts, and none by itself that is only a challenger', () => {
    const rich = { ...cardStrategy, strategy: 'rich', when: { pastDue: { gte: 1_000 } } };
    const challenger = { ...cardStrategy, strategy: 'bold', challenger: true as const };
    const all = [challenger, rich, cardStrategy];
    expect(chosen(all, '2026-03-05', { pastDue: 5_000 })).toBe('rich@2026.1.0');
    expect(chosen(all, '2026-03-05')).toBe('card@2026.1.0');
    expect(chosen([challenger], '2026-03-05')).toBeNull();
  });
});
