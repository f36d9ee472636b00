import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import type { Experiment } from '#shared/contracts/experiment.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { experiment, patientStrategy } from '#test/builders/experiment.ts';
import { account, at, person } from '#test/builders/person.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';

const dueDate = '2026-03-10';
/** Half past three in the afternoon where P1 lives, in the preferred times of both strategies. */
const afternoonOf = (day: string) => at(`2026-${day}T07:59:00Z`);

const heldOut: Partial<Experiment> = {
  arms: [{ arm: 'as-ever', share: 1, strategy: 'card' }],
  holdOut: { share: 99 },
};

interface Situation {
  readonly day: string;
  readonly experiment?: Partial<Experiment>;
  readonly account?: Partial<Account>;
  readonly attempts?: LedgerEntry[];
  readonly rules?: Partial<DecisionRules>;
  readonly challenger?: Partial<Strategy>;
}

function decideOn(situation: Situation) {
  const challenger: Strategy = { ...patientStrategy, challenger: true, ...situation.challenger };
  const compiled = rules({
    strategies: [cardStrategy, challenger],
    experiments: [experiment(situation.experiment)],
  });
  const accounts = [account({ dueDate, ...situation.account })];
  const { attempts = [], day } = situation;
  return decide(person({ accounts, attempts }), { ...compiled, ...situation.rules }, afternoonOf(day));
}

const stopped: Partial<DecisionRules> = {
  stops: [
    {
      stopId: 'experiment:patience',
      scope: { kind: 'experiment', experiment: 'patience' },
      by: 'guard',
      why: 'too many opted out',
      at: afternoonOf('03-11'),
    },
  ],
};

describe('somebody in the arm of a challenger', () => {
  it('is left alone where only the champion would contact them', () => {
    expect(decideOn({ day: '03-11' })).toMatchObject({ kind: 'wait', for: 'call' });
  });

  it('is contacted by its steps, and the ledger will name the arm', () => {
    expect(decideOn({ day: '03-15' })).toMatchObject({
      kind: 'contact',
      contact: {
        about: [
          {
            strategy: 'patient@2026.1.0',
            step: 'second',
            arm: { experiment: 'patience', arm: 'later' },
          },
        ],
      },
    });
  });

  it('is contacted by the champion, without an arm, once the experiment is stopped', () => {
    const decision = decideOn({ day: '03-11', rules: stopped });
    expect(decision).toMatchObject({
      kind: 'contact',
      contact: { about: [{ strategy: 'card@2026.1.0', step: 'first' }] },
    });
    expect(decision.kind === 'contact' && decision.contact.about[0]).not.toHaveProperty('arm');
  });

  it('is contacted by the champion once the experiment is over', () => {
    const over = { to: '2026-03-10' };
    expect(decideOn({ day: '03-11', experiment: over })).toMatchObject({
      kind: 'contact',
      contact: { about: [{ strategy: 'card@2026.1.0' }] },
    });
  });

  it('does not hear the same step a second time when the champion takes over', () => {
    const contact = decideOn({ day: '03-15' });
    if (contact.kind !== 'contact') throw new Error('nobody was contacted');
    const attempts: LedgerEntry[] = [
      {
        ...contact.contact,
        about: [...contact.contact.about],
        state: 'conversation',
        reservedAt: afternoonOf('03-15'),
        stateAt: afternoonOf('03-15'),
        evidence: 'P1~0~0000000000000000',
      },
    ];
    const after = decideOn({ day: '03-16', attempts, rules: stopped });
    expect(after).toMatchObject({ kind: 'wait', for: 'email' });
  });

  it('follows the champion, in no arm, while no version of the challenger is in force', () => {
    const decision = decideOn({ day: '03-11', challenger: { effective: { from: '2026-05-01' } } });
    expect(decision).toMatchObject({
      kind: 'contact',
      contact: { about: [{ strategy: 'card@2026.1.0' }] },
    });
    expect(decision.kind === 'contact' && decision.contact.about[0]).not.toHaveProperty('arm');
  });

  it('follows what operations decided about the account, in no arm', () => {
    const named = {
      account: 'A1',
      action: 'strategy',
      strategy: 'card',
      from: '2026-03-01',
      until: '2026-04-30',
      reason: 'agreed with the customer',
      by: 'lin',
    } as const;
    const decision = decideOn({ day: '03-11', rules: { accounts: new Map([['A1', [named]]]) } });
    expect(decision).toMatchObject({ contact: { about: [{ strategy: 'card@2026.1.0' }] } });
    expect(decision.kind === 'contact' && decision.contact.about[0]).not.toHaveProperty('arm');
  });
});

describe("somebody in the champion's own arm", () => {
  it('is contacted as ever, and the ledger will name the arm', () => {
    const others = {
      arms: [
        { arm: 'as-ever', share: 99, strategy: 'card' },
        { arm: 'later', share: 1, strategy: 'patient' },
      ],
    };
    expect(decideOn({ day: '03-11', experiment: others })).toMatchObject({
      kind: 'contact',
      contact: {
        about: [{ strategy: 'card@2026.1.0', arm: { experiment: 'patience', arm: 'as-ever' } }],
      },
    });
  });
});

describe('somebody who is held out', () => {
  const because = ['experiment/patience/hold-out'];
  /** The first instant of a day in Shanghai. */
  const startOf = (day: string) => at(`2026-${day}T00:00:00+08:00`);

  it.each([
    ['03-10', '03-11'],
    ['03-11', '03-15'],
    ['03-15', '03-20'],
    ['03-20', '03-23'],
  ])('hears nothing on %s and is looked at when the champion would go on, on %s', (day, next) => {
    expect(decideOn({ day, experiment: heldOut })).toEqual({
      kind: 'wait',
      until: startOf(next),
      for: 'look',
      because,
    });
  });

  it("goes to people when the champion's steps would have been used up", () => {
    expect(decideOn({ day: '03-23', experiment: heldOut })).toMatchObject({
      kind: 'case',
      queue: 'human',
      reason: 'steps_used_up',
      because,
    });
  });

  it('is left alone before the due date and when nothing is past due any more', () => {
    const good = { pastDue: 0 };
    expect(decideOn({ day: '03-09', experiment: heldOut, account: good })).toEqual({ kind: 'rest' });
  });

  it('is contacted by the step that the champion stands on once the experiment is stopped', () => {
    expect(decideOn({ day: '03-16', experiment: heldOut, rules: stopped })).toMatchObject({
      kind: 'contact',
      contact: { about: [{ strategy: 'card@2026.1.0', step: 'second' }] },
    });
  });

  it('is contacted by the champion once the experiment is over', () => {
    const over = { ...heldOut, to: '2026-03-12' };
    expect(decideOn({ day: '03-12', experiment: over })).toMatchObject({ kind: 'wait', because });
    expect(decideOn({ day: '03-15', experiment: over })).toMatchObject({ kind: 'contact' });
  });

  it("is still the champion's for accounts whose ageing began before", () => {
    expect(
      decideOn({ day: '03-16', experiment: { ...heldOut, from: '2026-03-09' }, account: {} }),
    ).toMatchObject({ kind: 'contact' });
  });
});
