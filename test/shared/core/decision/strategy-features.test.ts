import { describe, expect, it } from 'vitest';
import type { AccountDecision } from '#shared/contracts/account-decisions.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Stop, StopScope } from '#shared/contracts/stop.ts';
import { StrategySchema, type Step, type Strategy } from '#shared/contracts/strategy.ts';
import { decide } from '#shared/core/decision/decide.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import { hourMs, minuteMs } from '#shared/kernel/instant.ts';
import { after, contactIn, follow } from '#test/builders/follow.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { cardStrategy, rules } from '#test/builders/rules.ts';

const morning = at('2026-03-02T10:00:00+08:00');
const afternoon = at('2026-03-02T16:00:00+08:00');

const sms = { channel: 'sms', template: 'notice', purpose: 'reminder' } as const;
const plain: Step = { id: 'plain', daysPastDue: 1, ...sms };

/** Rules with one strategy of one stage. */
function withSteps(
  steps: readonly Step[],
  changes: Partial<Strategy> = {},
  more: Partial<ConfigBundle> = {},
) {
  const stages = [{ id: 'early', from: 1, to: 30, steps: [...steps] }];
  const strategy = StrategySchema.parse({ ...cardStrategy, stages, ...changes });
  return rules({ strategies: [strategy], ...more });
}

/** The steps that are made in turn, each contact delivered. */
function stepsOf(who: Person, using: ReturnType<typeof rules>): string[] {
  const steps: string[] = [];
  let now = morning;
  for (let count = 0; count < 10; count += 1) {
    const next = follow(who, now, using);
    if (next.decision.kind !== 'contact') return steps;
    const { contact } = next.decision;
    steps.push(`${contact.about[0]?.step ?? ''} ${contact.channel}`);
    who = after(who, contact, { reservedAt: next.now, state: 'delivered' });
    now = next.now;
  }
  throw new Error('steps without end');
}

const rich = person({ accounts: [account({ pastDue: 5_000 })] });

describe('a step with a condition', () => {
  const onlyRich = { when: { pastDue: { gte: 1_000 } } };

  it('is made for accounts of which it holds, and does not exist for others', () => {
    const using = withSteps([plain, { ...plain, id: 'rich', daysPastDue: 3, channel: 'call', ...onlyRich }]);
    expect(stepsOf(rich, using)).toEqual(['plain sms', 'rich call']);
    expect(stepsOf(person(), using)).toEqual(['plain sms']);
  });

  it('may share its day with another, of which it takes the place where it holds', () => {
    const using = withSteps([plain, { ...plain, id: 'rich', channel: 'call', ...onlyRich }]);
    expect(stepsOf(rich, using)).toEqual(['rich call']);
    expect(stepsOf(person(), using)).toEqual(['plain sms']);
  });

  it('leaves the step before it in its place where it does not hold', () => {
    const waiting = { ...plain, fallback: { channel: 'email', template: 'notice', afterHours: 40 } } as const;
    const using = withSteps([waiting, { ...plain, id: 'rich', daysPastDue: 2, ...onlyRich }]);
    const first = contactIn(person(), morning, using);
    const pending = after(person(), first.contact, { reservedAt: first.now, state: 'accepted' });
    const second = contactIn(pending, first.now, using);
    expect(second.contact).toMatchObject({ channel: 'email', about: [{ step: 'plain' }] });
  });

  it('of a stage counts for all steps of the stage', () => {
    const stages = [{ id: 'early', from: 1, to: 30, when: onlyRich.when, steps: [plain] }];
    const using = withSteps([], { stages });
    expect(stepsOf(rich, using)).toEqual(['plain sms']);
    expect(stepsOf(person(), using)).toEqual([]);
  });

  it('may look at what became of earlier contacts', () => {
    const ifSilent = { ...plain, id: 'silent', daysPastDue: 4, when: { lastOutcome: 'undelivered' } };
    const using = withSteps([plain, ifSilent]);
    const first = contactIn(person(), morning, using);
    const lost = after(person(), first.contact, { reservedAt: first.now, state: 'undelivered' });
    expect(contactIn(lost, first.now, using).contact.about[0]?.step).toBe('silent');
  });
});

describe('a step with several channels', () => {
  const either: Step = { ...plain, channel: ['call', 'email'] };

  it('takes the first that has an address', () => {
    expect(stepsOf(person(), withSteps([either]))).toEqual(['plain call']);
    const { phone: _phone, ...mailOnly } = debtor();
    expect(stepsOf(person({ debtor: mailOnly }), withSteps([either]))).toEqual(['plain email']);
  });

  it('does not take the second while the first is out', () => {
    const first = contactIn(person(), morning, withSteps([either]));
    const pending = after(person(), first.contact, { reservedAt: first.now, state: 'no_answer' });
    expect(follow(pending, first.now, withSteps([either])).decision.kind).toBe('case');
  });

  it('takes the second at once when the first surely reached nobody', () => {
    const first = contactIn(person(), morning, withSteps([either]));
    const dead = after(person(), first.contact, { reservedAt: first.now, state: 'not_in_service' });
    expect(contactIn(dead, first.now, withSteps([either])).contact.channel).toBe('email');
  });

  it('goes through several fallbacks, each after its own wait', () => {
    const fallback = [
      { channel: 'email', template: 'notice', afterHours: 2 },
      { channel: 'call', template: 'notice', afterHours: 3 },
    ] as const;
    const using = withSteps([{ ...plain, fallback: [...fallback] }]);
    const first = contactIn(person(), morning, using);
    const two = after(person(), first.contact, { reservedAt: first.now, state: 'accepted' });
    const second = contactIn(two, first.now, using);
    expect([second.contact.channel, second.now - first.now]).toEqual(['email', 2 * hourMs]);
    const three = after(two, second.contact, { reservedAt: second.now, state: 'accepted' });
    const third = contactIn(three, second.now, using);
    expect([third.contact.channel, third.now - second.now]).toEqual(['call', 3 * hourMs]);
  });

  it('does not go back to a channel that becomes possible after another was used', () => {
    const using = withSteps([{ ...plain, channel: ['sms', 'email'] }]);
    const optout = { channel: 'sms', level: 'optout', at: at('2026-03-01T00:00:00Z') } as const;
    const closed = person({ consents: [optout] });
    const first = contactIn(closed, morning, using);
    expect(first.contact.channel).toBe('email');
    const sent = after(closed, first.contact, { reservedAt: first.now, state: 'accepted' });
    const again = { ...sent, consents: [{ ...optout, level: 'express' as const, at: first.now }] };
    expect(follow(again, first.now, using).decision.kind).toBe('case');
  });
});

describe('least times between contacts', () => {
  it.each([
    ['any contact', { hours: 60 }],
    ['the same channel', { sms: 60 }],
  ])('of a strategy after %s hold beside the general one', (_, gaps) => {
    const using = withSteps([plain, { ...plain, id: 'next', daysPastDue: 2 }], { gaps });
    const first = contactIn(person(), morning, using);
    const sent = after(person(), first.contact, { reservedAt: first.now, state: 'delivered' });
    expect(contactIn(sent, first.now, using).now).toBeGreaterThanOrEqual(first.now + 60 * hourMs);
  });

  it('of another channel do not hold', () => {
    const next: Step = { ...plain, id: 'next', daysPastDue: 2 };
    const using = withSteps([plain, next], { gaps: { call: 160 } });
    const first = contactIn(person(), morning, using);
    const sent = after(person(), first.contact, { reservedAt: first.now, state: 'delivered' });
    expect(contactIn(sent, first.now, using).now).toBeLessThan(first.now + 40 * hourMs);
  });
});

describe('an account that is left alone', () => {
  const small = withSteps([plain], { smallBalances: { CNY: 200, USD: 5_000 } });

  it('owes less than its strategy asks for, and is looked at again later', () => {
    expect(decide(person(), small, afternoon)).toEqual({
      kind: 'wait',
      until: at('2026-04-01T00:00:00+08:00'),
      for: 'look',
      because: ['strategy/small_balance'],
    });
    expect(decide(person({ accounts: [account({ pastDue: 200 })] }), small, afternoon).kind).toBe('contact');
  });

  it('fulfils a stop condition, and is looked at again the next day', () => {
    const stopWhen = [
      { id: 'promised-elsewhere', when: { attributes: { x_plan: 'yes' } }, then: 'wait' as const },
    ];
    const using = withSteps([plain], { stopWhen });
    const planned = person({ accounts: [account({ attributes: { x_plan: 'yes' } })] });
    expect(decide(planned, using, afternoon)).toEqual({
      kind: 'wait',
      until: at('2026-03-03T00:00:00+08:00'),
      for: 'look',
      because: ['strategy/promised-elsewhere'],
    });
    expect(decide(person(), using, afternoon).kind).toBe('contact');
  });

  const entry = { account: 'A1', from: '2026-03-01', until: '2026-03-04', reason: 'agreed', by: 'Ana' };
  const excluded: AccountDecision = { ...entry, action: 'exclude' };

  it('is excluded by name, until the end of the last date where the person lives', () => {
    const using = withSteps([plain], {}, { accounts: [excluded] });
    expect(decide(person(), using, afternoon)).toEqual({
      kind: 'wait',
      until: at('2026-03-05T00:00:00+08:00'),
      for: 'look',
      because: ['account/excluded'],
    });
    expect(decide(person(), using, at('2026-03-05T16:00:00+08:00')).kind).toBe('contact');
  });

  it('is held by name: the permission engine denies every contact about it', () => {
    const using = withSteps([plain], {}, { accounts: [{ ...entry, action: 'hold' }] });
    expect(decide(person(), using, afternoon)).toMatchObject({
      kind: 'wait',
      because: ['builtin/hold/manual'],
    });
    expect(contactIn(person(), afternoon, using).now).toBeGreaterThanOrEqual(at('2026-03-05T08:00:00+08:00'));
  });

  it('follows the strategy that was named for it alone, also one that is chosen for nobody by itself', () => {
    const stages = [
      { id: 'early', from: 1, to: 30, steps: [{ ...plain, id: 'gentle', channel: 'email' as const }] },
    ];
    const gentle: Strategy = { ...cardStrategy, strategy: 'gentle', challenger: true, stages };
    const strategies = [gentle, cardStrategy];
    const accounts: AccountDecision[] = [{ ...entry, action: 'strategy', strategy: 'gentle' }];
    expect(contactIn(person(), afternoon, rules({ strategies, accounts })).contact.channel).toBe('email');
    expect(contactIn(person(), afternoon, rules({ strategies })).contact.channel).toBe('sms');
  });
});

describe('an account that leaves the automation', () => {
  const queues = [
    { queue: 'human', kind: 'human', title: 'People', firstContactDays: 2 },
    { queue: 'vip', kind: 'human', title: 'Own desk', firstContactDays: 1 },
    { queue: 'north', kind: 'outsourced', title: 'North', agency: 'north', firstContactDays: 5 },
  ] as const;
  const agency = { agency: 'north', title: 'North', countries: ['CN'] };
  const world = { queues: [...queues], agencies: [agency] };
  const late = at('2026-04-05T16:00:00+08:00');

  it('goes to the queue of the first route that fits, else to the general one', () => {
    const routes = [{ when: { pastDue: { gte: 1_000 } }, queue: 'vip' }];
    const using = withSteps([plain], { escalation: { queue: 'human', afterDays: 3, routes } }, world);
    expect(decide(rich, using, late)).toMatchObject({ kind: 'case', queue: 'vip', reason: 'steps_used_up' });
    expect(decide(person(), using, late)).toMatchObject({ kind: 'case', queue: 'human' });
  });

  it('is placed with the agency of an outsourced queue', () => {
    const using = withSteps([plain], { escalation: { queue: 'north', afterDays: 3 } }, world);
    expect(decide(person(), using, late)).toEqual({
      ...{ kind: 'place', accountId: 'A1', dueDate: '2026-03-01', queue: 'north', agency: 'north' },
      ...{ reason: 'steps_used_up', because: [] },
    });
  });

  it('goes to people when the agency does not serve where the person lives', () => {
    const elsewhere = { ...world, agencies: [{ ...agency, countries: ['TW'] }] };
    const using = withSteps([plain], { escalation: { queue: 'north', afterDays: 3 } }, elsewhere);
    expect(decide(person(), using, late)).toMatchObject({
      ...{ kind: 'case', queue: 'human', because: ['agency/north/country'] },
    });
  });

  it('goes at once when a stop condition gives it away', () => {
    const stopWhen = [
      { id: 'broken', when: { brokenPromises: { gte: 3 } }, then: 'hand_over' as const, queue: 'vip' },
    ];
    const using = withSteps([plain], { stopWhen }, world);
    const stalling = person({ accounts: [account({ attributes: { x_broken_promises: '3' } })] });
    expect(decide(stalling, using, afternoon)).toMatchObject({
      ...{ kind: 'case', queue: 'vip', reason: 'stop_condition', because: ['strategy/broken'] },
    });
  });

  it('is left alone while a placement owns it', () => {
    const placed = person({
      placements: [
        {
          ...{ placementId: 'p', debtorId: 'P1', accountId: 'A1', queue: 'north', agency: 'north' },
          ...{ reason: 'steps_used_up', because: [], madeAt: 0, dueDate: '2026-03-01', state: 'open' },
        },
      ],
    });
    expect(decide(placed, withSteps([plain]), afternoon)).toEqual({ kind: 'rest' });
  });
});

describe('several accounts of one person', () => {
  const both = person({ accounts: [account(), account({ accountId: 'A2' })] });

  it('share no message where the strategy says so', () => {
    expect(contactIn(both, afternoon, withSteps([plain])).contact.about).toHaveLength(2);
    const apart = withSteps([plain], { groupAccounts: false });
    expect(contactIn(both, afternoon, apart).contact.about).toHaveLength(1);
  });
});

describe('the kill switch', () => {
  const scopes: readonly StopScope[] = [
    { kind: 'all' },
    { kind: 'creditor', creditor: 'demo-bank' },
    { kind: 'strategy', strategy: 'card' },
    { kind: 'channel', channel: 'sms' },
  ];
  const stop = (scope: StopScope): Stop => ({
    stopId: stopIdOf(scope),
    scope,
    by: 'Ana',
    why: 'test',
    at: 0,
  });

  it.each(scopes)('makes what $kind covers wait, and names itself', (scope) => {
    const using = { ...rules(), stops: [stop(scope)] };
    const decision = decide(person(), using, afternoon);
    const wakeFor = scope.kind === 'all' || scope.kind === 'channel' ? 'sms' : 'look';
    expect(decision).toMatchObject({ kind: 'wait', for: wakeFor, because: [`stop/${stopIdOf(scope)}`] });
    if (decision.kind !== 'wait') return;
    expect(decision.until - afternoon).toBeGreaterThanOrEqual(30 * minuteMs);
    expect(decision.until - afternoon).toBeLessThanOrEqual(60 * minuteMs);
  });

  it.each<StopScope>([
    { kind: 'creditor', creditor: 'other-bank' },
    { kind: 'strategy', strategy: 'loan' },
    { kind: 'channel', channel: 'call' },
    { kind: 'experiment', experiment: 'e' },
  ])('of another $kind stops nothing', (scope) => {
    expect(decide(person(), { ...rules(), stops: [stop(scope)] }, afternoon).kind).toBe('contact');
  });
});
