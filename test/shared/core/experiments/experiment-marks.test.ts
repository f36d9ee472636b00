import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { armFor } from '#shared/core/experiments/assign-arm.ts';
import { experimentMarks, type ExperimentFacts } from '#shared/core/experiments/experiment-marks.ts';
import { compiled } from '#test/builders/experiment.ts';
import { account, at, debtor, person } from '#test/builders/person.ts';
import { entry } from '#test/builders/stored.ts';

/** The arm to which P1 is dealt. */
const arm = 'later';
const noonOf = (day: string) => at(`2026-03-${day}T12:00:00Z`);
const taking = account({ dueDate: '2026-03-10' });

function contact(changes: Partial<LedgerEntry> = {}, inArm = arm): LedgerEntry {
  const [subject] = entry().about;
  const about = [{ ...subject!, arm: { experiment: 'patience', arm: inArm } }];
  return entry({ about, reservedAt: noonOf('11'), ...changes });
}

function marksOf(changes: Partial<Person>, facts: Partial<ExperimentFacts> = {}): string[] {
  const marks = experimentMarks({
    person: person({ accounts: [], ...changes }),
    cured: [],
    experiments: [compiled()],
    now: noonOf('20'),
    zone: 'Asia/Shanghai',
    armOf: (one) => armFor(one, compiled(), '2026-03-20'),
    ...facts,
  });
  for (const mark of marks)
    expect(mark).toMatchObject({ experiment: 'patience', debtorId: 'P1', to: '2026-03-31' });
  return marks.map((mark) => `${mark.arm} ${mark.event}`);
}

describe('the marks of an account', () => {
  it('say that its person takes part, and that it is past due', () => {
    expect(marksOf({ accounts: [taking] })).toEqual([`${arm} assigned`, `${arm} overdue`]);
    expect(marksOf({ accounts: [{ ...taking, pastDue: 0 }] })).toEqual([`${arm} assigned`]);
  });

  it('are there once for several accounts', () => {
    const other = { ...taking, accountId: 'A2', pastDue: 0 };
    expect(marksOf({ accounts: [taking, other] })).toEqual([`${arm} assigned`, `${arm} overdue`]);
  });

  it('are none for an account that takes no part', () => {
    expect(marksOf({ accounts: [account({ dueDate: '2026-01-10' })] })).toEqual([]);
    expect(marksOf({ accounts: [taking] }, { armOf: () => null })).toEqual([]);
  });

  it('say of one that was brought to nothing past due that it is cured, by what it was before', () => {
    const now = account({ pastDue: 0, minimumDue: 0, dueDate: '2026-04-10' });
    expect(marksOf({ accounts: [now] }, { cured: [taking] })).toEqual([
      `${arm} assigned`,
      `${arm} overdue`,
      `${arm} cured`,
    ]);
  });

  it('say of a cure of an ageing from before the experiment nothing', () => {
    expect(marksOf({}, { cured: [account({ dueDate: '2026-02-10' })] })).toEqual([]);
  });
});

describe('the marks of contacts', () => {
  const optout = (day: string) => ({ channel: 'sms', level: 'optout', at: noonOf(day) }) as const;
  const ended = (reason: 'complaint' | 'opted_out_at_provider' | 'hard_bounce', day = '12') => ({
    channel: 'email' as const,
    value: 'mei.lin@example.com',
    reason,
    at: noonOf(day),
  });

  it('say by which arm somebody was contacted, whatever arm they would be in today', () => {
    expect(marksOf({ attempts: [contact({}, 'as-ever')] })).toEqual([
      'as-ever assigned',
      'as-ever contacted',
    ]);
  });

  it('are none for a contact that surely sent nothing, or that no experiment made', () => {
    expect(marksOf({ attempts: [contact({ state: 'failed' })] })).toEqual([]);
    expect(marksOf({ attempts: [entry()] })).toEqual([]);
  });

  it.each(['reserved', 'unknown', 'accepted', 'undelivered', 'delivered'] as const)(
    'count a contact that is %s, which may have been sent',
    (state) => {
      expect(marksOf({ attempts: [contact({ state })] })).toContain(`${arm} contacted`);
    },
  );

  it.each<[string, Partial<Person>]>([
    ['a word of the person', { consents: [optout('12')] }],
    ['a word that the creditor passed on', { debtor: debtor({ consents: [optout('12')] }) }],
    ['a stop word that the provider honoured', { endedDestinations: [ended('opted_out_at_provider')] }],
  ])('say that somebody opted out by %s', (_title, facts) => {
    expect(marksOf({ attempts: [contact()], ...facts })).toContain(`${arm} optedOut`);
  });

  it('say that somebody complained', () => {
    const marks = marksOf({ attempts: [contact()], endedDestinations: [ended('complaint')] });
    expect(marks).toContain(`${arm} complained`);
    expect(marks).not.toContain(`${arm} optedOut`);
  });

  it('say nothing of a bounce, of consent, or of what was said before the first contact of the arm', () => {
    const told = {
      consents: [optout('10'), { channel: 'email', level: 'express', at: noonOf('12') } as const],
      endedDestinations: [ended('hard_bounce'), ended('complaint', '10')],
    };
    expect(marksOf({ attempts: [contact()], ...told })).toEqual([`${arm} assigned`, `${arm} contacted`]);
  });

  it('say nothing of what was said after the last day, where the person lives', () => {
    const attempts = [contact()];
    const now = at('2026-04-02T00:00:00Z');
    // 15:59 in London is 23:59 in Shanghai.
    const inTime = { channel: 'sms', level: 'optout', at: at('2026-03-31T15:59:00Z') } as const;
    expect(marksOf({ attempts, consents: [inTime] }, { now })).toContain(`${arm} optedOut`);
    const late = { ...inTime, at: at('2026-03-31T16:00:00Z') };
    expect(marksOf({ attempts, consents: [late] }, { now })).not.toContain(`${arm} optedOut`);
  });

  it('are none three days after the end, and for an experiment that is no longer configured', () => {
    const attempts = [contact()];
    expect(marksOf({ attempts }, { now: at('2026-04-03T12:00:00Z') })).not.toEqual([]);
    expect(marksOf({ attempts }, { now: at('2026-04-04T12:00:00Z') })).toEqual([]);
    expect(marksOf({ attempts }, { experiments: [compiled({ experiment: 'other' })] })).toEqual([]);
  });

  it('still tell what became of the contacts of an experiment that was stopped', () => {
    const facts = { attempts: [contact()], consents: [optout('13')], accounts: [taking] };
    expect(marksOf(facts, { armOf: () => null })).toEqual([
      `${arm} assigned`,
      `${arm} contacted`,
      `${arm} optedOut`,
    ]);
  });
});
