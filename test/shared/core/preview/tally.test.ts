import { describe, expect, it } from 'vitest';
import { ChangeTally, exampleAccountsMax } from '#shared/core/preview/change-tally.ts';
import { Tally } from '#shared/core/preview/tally.ts';
import type { Walk } from '#shared/core/preview/walk.ts';
import { at } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';

function walk(changes: Partial<Walk> = {}): Walk {
  return { debtorId: 'P1', contacts: [], handedOver: [], heldBackBy: [], end: 'rest', ...changes };
}

function reportOf(...walks: Walk[]) {
  const tally = new Tally();
  for (const one of walks) tally.add(one, 'Asia/Shanghai');
  return tally.report();
}

const unreachable = {
  accountId: 'A1',
  at: at('2026-03-10T00:00:00Z'),
  queue: 'human',
  reason: 'unreachable',
  because: ['no_destination/sms', 'no_destination/email'],
} as const;

describe('the sums of a preview', () => {
  it('count contacts by the date where the person lives, by step, and in the hour of UTC', () => {
    const late = entry({ reservedAt: at('2026-03-10T16:30:00Z') });
    const report = reportOf(walk({ contacts: [late, late] }), walk({ contacts: [late] }));
    expect(report).toMatchObject({ people: 2, contacts: 3, untouched: [] });
    expect(report.byDay).toEqual([{ channel: 'sms', template: 'reminder', date: '2026-03-11', contacts: 3 }]);
    expect(report.byStep).toEqual([
      { strategy: 'early-card@2026.11.0', stage: 'early', step: 'sms-1', channel: 'sms', contacts: 3 },
    ]);
    expect(report.busiest).toEqual([{ channel: 'sms', hour: '2026-03-10T16:00:00Z', contacts: 3 }]);
  });

  it('count accounts that are handed over by reason, with the facts behind it, most frequent first', () => {
    const byMail = { ...unreachable, because: ['no_destination/email'] };
    expect(reportOf(walk({ handedOver: [unreachable] }), walk({ handedOver: [byMail] })).handedOver).toEqual([
      {
        queue: 'human',
        reason: 'unreachable',
        accounts: 2,
        because: [
          { reason: 'no_destination/email', count: 2 },
          { reason: 'no_destination/sms', count: 1 },
        ],
      },
    ]);
  });

  it.each<[string, Partial<Walk>, object]>([
    [
      'are handed over',
      { handedOver: [{ ...unreachable, because: [] }] },
      { end: 'handed_over', people: 1, because: [{ reason: 'unreachable', count: 1 }] },
    ],
    [
      'are held back by a rule',
      { end: 'waits', heldBackBy: ['eu/hours', 'steps_used_up'] },
      {
        end: 'held_back',
        people: 1,
        because: [
          { reason: 'eu/hours', count: 1 },
          { reason: 'steps_used_up', count: 1 },
        ],
      },
    ],
    [
      'wait for people after their last step',
      { end: 'waits', heldBackBy: ['steps_used_up'] },
      { end: 'no_step', people: 1, because: [{ reason: 'steps_used_up', count: 1 }] },
    ],
    ['have no step in these days', { end: 'waits' }, { end: 'no_step', people: 1, because: [] }],
    ['owe nothing', { end: 'rest' }, { end: 'nothing_to_do', people: 1, because: [] }],
  ])('tell of people who are not contacted that they %s', (_, how, expected) => {
    expect(reportOf(walk(how)).untouched).toEqual([expected]);
  });

  it('add up costs by channel, and tell none where they are not known', () => {
    const tally = new Tally();
    const contacts = [entry(), entry({ channel: 'email' }), entry()];
    tally.add(walk({ contacts }), 'UTC', [8_300, 100, 16_600]);
    expect(tally.report().costs).toEqual([
      { channel: 'email', micros: 100 },
      { channel: 'sms', micros: 24_900 },
    ]);
    expect(reportOf(walk({ contacts })).costs).toEqual([]);
  });

  it('name the earliest of several hours that are equally busy', () => {
    const contacts = ['2026-03-11T09:10:00Z', '2026-03-10T08:59:59Z'].map((iso) =>
      entry({ reservedAt: at(iso) }),
    );
    expect(reportOf(walk({ contacts })).busiest).toEqual([
      { channel: 'sms', hour: '2026-03-10T08:00:00Z', contacts: 1 },
    ]);
  });
});

describe('the sums of changes', () => {
  const event = { at: at('2026-03-10T00:00:00Z'), what: 'first', channel: 'sms', template: 'note' } as const;
  const dropped = { kinds: ['dropped_contact'], before: event, after: null } as const;

  it('count accounts and changes of each kind', () => {
    const tally = new ChangeTally();
    tally.add(
      [
        { accountId: 'A1', ...dropped },
        { accountId: 'A1', ...dropped },
        { accountId: 'A2', kinds: ['other_time', 'other_channel'], before: event, after: event },
      ],
      { debtorId: 'P1', zone: 'UTC' },
    );
    tally.add([], { debtorId: 'P2', zone: 'UTC' });
    const { accounts, byKind } = tally.report();
    expect(accounts).toBe(2);
    expect(byKind).toEqual([
      { kind: 'dropped_contact', accounts: 1, changes: 2 },
      { kind: 'other_channel', accounts: 1, changes: 1 },
      { kind: 'other_time', accounts: 1, changes: 1 },
    ]);
  });

  it('keep the first accounts as examples, and no more', () => {
    const tally = new ChangeTally();
    for (let index = 0; index <= exampleAccountsMax; index += 1)
      tally.add([{ accountId: `A${index}`, ...dropped }], { debtorId: `P${index}`, zone: 'UTC' });
    const { accounts, examples } = tally.report();
    expect(accounts).toBe(exampleAccountsMax + 1);
    expect(examples).toHaveLength(exampleAccountsMax);
    expect(examples[0]).toMatchObject({ accountId: 'A0', debtorId: 'P0', zone: 'UTC' });
  });
});
