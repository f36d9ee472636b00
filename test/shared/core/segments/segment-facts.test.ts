import { describe, expect, it } from 'vitest';
import type { Condition } from '#shared/contracts/condition.ts';
import type { Segments } from '#shared/contracts/segments.ts';
import { compileCondition } from '#shared/core/conditions/compile-condition.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { chooseStrategy } from '#shared/core/decision/choose-strategy.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { caseOf } from '#shared/usecases/next-wake-up.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { cardStrategy, riskModel, rules } from '#test/builders/rules.ts';

const now = at('2026-03-10T12:00:00Z');
const title = { en: 'Some', zh: '某' };
const segments: Segments = {
  segments: [
    { segment: 'loud', title, why: 'Complains.', when: { complaints: { gte: 1 } } },
    {
      segment: 'small',
      title,
      why: 'Owes little.',
      when: [{ pastDue: { lt: 50 } }, { balance: { lt: 200 } }],
    },
  ],
  otherwise: { segment: 'ordinary', title, why: 'The rest.' },
};
const loud = account({ attributes: { x_complaints: '2' } });

function scopeOf(one = account(), using = rules({ segments, riskModel })) {
  const view = viewOf(person({ accounts: [one] }), using, now);
  if (view === null) throw new Error('nobody');
  return factScope(one, view);
}

describe('segment and risk as facts of conditions', () => {
  it.each<[string, Condition, ReturnType<typeof account>, boolean]>([
    [
      'the segment of the first rule that holds',
      { segment: 'loud' },
      account({ ...loud, pastDue: 10 }),
      true,
    ],
    ['not the one of a later rule', { segment: 'small' }, account({ ...loud, pastDue: 10 }), false],
    ['the one of a second sign', { segment: 'small' }, account({ balance: 199 }), true],
    ['the one of all others', { segment: ['ordinary', 'loud'] }, account(), true],
    ['none of a list', { segment: { not: ['loud', 'small'] } }, account(), true],
    ['a risk by the model: even odds on the average', { risk: 0.5, recovery: 0.5 }, account(), true],
    ['its class', { riskClass: 'medium' }, account(), true],
    ['a risk by the feed', { risk: { gte: 0.9 }, riskClass: 'very_high' }, account({ riskScore: 0.9 }), true],
    ['no risk in good standing', { none: [{ risk: { gte: 0 } }] }, account({ pastDue: 0 }), true],
  ])('%s', (_name, condition, one, result) => {
    expect(compileCondition(condition)(scopeOf(one))).toBe(result);
  });

  it('knows everybody as ordinary where there are no segments, and no risk without model and score', () => {
    const scope = scopeOf(loud, rules());
    expect(scope.segment).toBe('ordinary');
    expect(scope.risk).toBeNull();
    expect(compileCondition({ riskClass: { not: 'low' } })(scope)).toBe(false);
  });

  it('chooses a strategy', () => {
    const quiet = { ...cardStrategy, strategy: 'quiet', segments: ['loud'] };
    const using = rules({ segments, strategies: [quiet, cardStrategy] });
    expect(chooseStrategy(scopeOf(loud, using))?.strategy.name).toBe('quiet');
    expect(chooseStrategy(scopeOf(account(), using))?.strategy.name).toBe('card');
  });
});

describe('the case of an account that goes to people', () => {
  const { phone: _phone, email: _email, ...bare } = debtor();
  const priorityOf = (one: ReturnType<typeof account>, using = rules({ riskModel })) => {
    const decision = decide(person({ debtor: bare, accounts: [one] }), using, now);
    if (decision.kind !== 'case') throw new Error(`is ${decision.kind}`);
    return caseOf(decision, 'P1', now).priority;
  };

  it('carries its priority: predicted recovery × days × amount', () => {
    expect(priorityOf(account())).toBe(Math.round(0.5 * 9 * 100));
    expect(priorityOf(account({ riskScore: 0.1 }))).toBe(Math.round(0.9 * 9 * 100));
    expect(priorityOf(account({ riskScore: 0.9 }))).toBe(Math.round(0.1 * 9 * 100));
  });

  it('has one also where neither risk nor zone is known', () => {
    const { region: _region, ...zoneless } = { ...bare, country: 'US' };
    const decision = decide(person({ debtor: zoneless }), rules(), now);
    expect(decision).toMatchObject({ kind: 'case', priority: 450 });
  });

  it('is ordered by the file', () => {
    const priority = { recoveryUnknown: 1, daysMax: 2, amountMax: 1_000, units: { CNY: 10 } };
    expect(priorityOf(account(), rules({ priority }))).toBe(20);
  });
});
