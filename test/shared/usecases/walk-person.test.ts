import { describe, expect, it } from 'vitest';
import type { Person } from '#shared/contracts/person.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { Walk } from '#shared/core/preview/walk.ts';
import { dayMs, toInstant } from '#shared/kernel/instant.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { assumptions, type Assumption } from '#shared/usecases/preview-portfolio.ts';
import { walkPerson } from '#shared/usecases/walk-person.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { cardStrategy, chinaPack, rules } from '#test/builders/rules.ts';

/** Midnight in Shanghai; the account fell due the day before. */
const from = at('2026-03-01T16:00:00Z');

function walk(
  who: Person = person(),
  {
    days = 20,
    assume = 'delivered',
    using = rules(),
  }: { days?: number; assume?: Assumption; using?: DecisionRules } = {},
): Walk {
  return walkPerson(who, using, {
    from,
    until: toInstant(from + days * dayMs),
    outcomes: assumptions[assume],
  });
}

function plan({ contacts, handedOver }: Walk): string[] {
  const made = contacts.map(({ reservedAt, channel, about }) => {
    const steps = about.map(({ accountId, step }) => `${accountId}/${step}`).join('+');
    return `${formatIsoInstant(toInstant(reservedAt)).slice(0, 10)} ${channel} ${steps}`;
  });
  return [
    ...made,
    ...handedOver.map((one) => `${formatIsoInstant(one.at).slice(0, 10)} ${one.accountId} ${one.reason}`),
  ];
}

describe('a walk through the days of a person', () => {
  it('makes each step on its day, and hands the account over after the last one', () => {
    const walked = walk();
    expect(plan(walked)).toEqual([
      '2026-03-02 sms A1/first',
      '2026-03-06 call A1/second',
      '2026-03-11 email A1/third',
      '2026-03-13 A1 steps_used_up',
    ]);
    expect(walked.end).toBe('rest');
  });

  const fallback = { template: 'notice', afterHours: 24 };
  const withFallbacks = rules({
    strategies: [
      {
        ...cardStrategy,
        stages: [
          {
            id: 'early',
            from: 1,
            to: 30,
            steps: [
              {
                id: 'text',
                daysPastDue: 1,
                channel: 'sms',
                template: 'notice',
                purpose: 'reminder',
                fallback: { ...fallback, channel: 'email' },
              },
              {
                id: 'ring',
                daysPastDue: 5,
                channel: 'call',
                template: 'notice',
                purpose: 'reminder',
                fallback: { ...fallback, channel: 'sms' },
              },
            ],
          },
        ],
      },
    ],
  });
  it.each<[Assumption, string[]]>([
    ['none', ['02 sms text', '03 email text', '06 call ring', '07 sms ring']],
    ['delivered', ['02 sms text', '06 call ring', '07 sms ring']],
    ['answered', ['02 sms text', '06 call ring']],
  ])('follows with a fallback where, with %s assumed, a contact reached nobody', (assume, expected) => {
    const { contacts } = walk(person(), { assume, days: 7, using: withFallbacks });
    const made = contacts.map(({ reservedAt, channel, about }) => {
      return `${new Date(reservedAt).toISOString().slice(8, 10)} ${channel} ${about[0]!.step}`;
    });
    expect(made).toEqual(expected);
  });

  it('ends before a contact at its last moment, and says that the person waits', () => {
    const walked = walk(person(), { days: 4 });
    expect(plan(walked)).toEqual(['2026-03-02 sms A1/first']);
    expect(walked.end).toBe('waits');
  });

  it('goes on with the other accounts of a person when one is handed over', () => {
    const two = person({
      accounts: [
        account({ accountId: 'A1', dueDate: '2025-11-01' }),
        account({ accountId: 'A2', dueDate: '2026-03-01' }),
      ],
    });
    expect(plan(walk(two, { days: 2 }))).toEqual(['2026-03-02 sms A2/first', '2026-03-01 A1 steps_used_up']);
  });

  it('lets accounts travel together as they would', () => {
    const two = person({ accounts: [account({ accountId: 'A1' }), account({ accountId: 'A2' })] });
    expect(plan(walk(two, { days: 2 }))).toEqual(['2026-03-02 sms A1/first+A2/first']);
  });

  it('tells the rules that hold a contact back, each once', () => {
    const closed = { ...chinaPack, rules: [{ ...chinaPack.rules[0]!, allow: { daily: ['08:00-12:00'] } }] };
    const using = rules({ policies: [closed] });
    expect(walk(person(), { days: 1, using }).heldBackBy).toEqual(['cn-test/hours']);
    expect(walk(person(), { days: 1 }).heldBackBy).toEqual([]);
  });

  it('contacts nobody whose zone is unknown, and hands them over', () => {
    const nowhere = person({ debtor: debtor({ country: 'ZZ', region: undefined, phone: undefined }) });
    const { contacts, handedOver } = walk(nowhere);
    expect(contacts).toEqual([]);
    expect(handedOver).toEqual([
      { accountId: 'A1', at: from, queue: 'human', reason: 'not_permitted', because: ['builtin/zone'] },
    ]);
  });

  it('hands accounts over to the agency of an outsourced queue, and leaves them there', () => {
    const using = rules({
      strategies: [{ ...cardStrategy, escalation: { queue: 'agency-one', afterDays: 3 } }],
      queues: [
        { queue: 'human', kind: 'human', title: 'People', firstContactDays: 2 },
        { queue: 'agency-one', kind: 'outsourced', title: 'One', agency: 'one', firstContactDays: 2 },
      ],
      agencies: [{ agency: 'one', title: 'Agency One', countries: ['CN'] }],
    });
    const { handedOver, end } = walk(person(), { using });
    expect(handedOver.map(({ queue, reason }) => `${queue} ${reason}`)).toEqual(['agency-one steps_used_up']);
    expect(end).toBe('rest');
  });

  it('leaves accounts alone that operations excluded, and tells so', () => {
    const using = rules({
      accounts: [
        {
          account: 'A1',
          action: 'exclude',
          from: '2026-03-01',
          until: '2026-03-31',
          reason: 'Settled in person',
          by: 'Ana',
        },
      ],
    });
    expect(walk(person(), { using })).toMatchObject({
      contacts: [],
      handedOver: [],
      heldBackBy: ['account/excluded'],
      end: 'waits',
    });
  });

  it('names the person when wake-ups do not come to an end', () => {
    const options = { from, until: toInstant(from + 20 * dayMs), outcomes: assumptions.delivered };
    expect(() => walkPerson(person(), rules(), { ...options, wakeUpsMax: 3 })).toThrow(
      'P1 was woken 3 times between 2026-03-01T16:00:00Z and 2026-03-06',
    );
  });
});
