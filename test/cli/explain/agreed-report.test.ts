import { describe, expect, it } from 'vitest';
import { agreedReport, agreedSections } from '#cli/explain/agreed-report.ts';
import type { Person } from '#shared/contracts/person.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import type { AccountExplanation } from '#shared/usecases/explain-account.ts';
import { paid, plan, promise } from '#test/builders/agreements.ts';
import { account, at, person } from '#test/builders/person.ts';
import { rules } from '#test/builders/rules.ts';

function told(changes: Partial<Person>, day = '2026-03-12') {
  const now = at(`${day}T04:00:00Z`);
  const of = person(changes);
  const explained = { account: account(), person: of, view: viewOf(of, rules(), now), at: now };
  return agreedReport(explained as AccountExplanation);
}
const lines = (...of: Parameters<typeof told>) =>
  agreedSections(told(...of)).flatMap(([title, own]) => [title, ...own]);

const hold = {
  holdId: 'hold-1',
  debtorId: 'P1',
  kind: 'disaster',
  from: '2026-03-01',
  until: '2026-03-20',
  placedAt: at('2026-03-01T04:00:00Z'),
  via: 'agent',
  by: 'lin',
  why: 'flood',
  atEnd: 'resume',
  queue: 'human',
  opensCase: false,
} as const;

describe('what was agreed, held and paid', () => {
  it('is told with how it stands, and amounts as shares', () => {
    const reversals = [{ reversalId: 'rev-1', amount: 20, at: at('2026-03-11T04:00:00Z'), why: 'refund' }];
    const promises = [
      promise(),
      promise({ promiseId: 'promise-2', dueDate: '2026-03-20', settlesAt: at('2026-03-21T16:00:00Z') }),
    ];
    const payments = [paid({ amount: 50, reversals })];
    expect(lines({ promises, payments, holds: [hold] })).toEqual([
      'Promises and extensions',
      'promise-1  promise by 2026-03-10: partial, 50% paid',
      'promise-2  promise by 2026-03-20: open, 0% paid; decided 2026-03-21T16:00:00Z',
      'Holds',
      'hold-1  disaster on the debtor, from 2026-03-01 until 2026-03-20: in force; placed by lin (agent)',
      'Payments',
      'pay-1  booked 2026-03-09T04:00:00Z, told by creditor',
      '  taken back 2026-03-11T04:00:00Z: refund (rev-1)',
      '  in all 40% of it',
    ]);
    expect(JSON.stringify(told({ promises, payments }))).not.toMatch(/amount/iu);
  });

  it('tells of a plan its dates, what was missed and until when it can be revived', () => {
    expect(lines({ plans: [plan()] })).toEqual([
      'Plans',
      'plan-1  breached, 0% paid; next 2026-03-10; missed 2026-03-10; can be revived until 2026-03-21T16:00:00Z',
      '  due 2026-03-10, 2026-04-10, 2026-05-10',
    ]);
  });

  it('tells acts and wishes', () => {
    const act = {
      actId: 'api:1',
      debtorId: 'P1',
      kind: 'call_me',
      via: 'agent',
      by: 'lin',
      outcome: 'referred',
      at: at('2026-03-11T04:00:00Z'),
      made: 'case-1',
    } as const;
    const preferences = { at: act.at, language: 'es', windows: [] };
    expect(lines({ acts: [act], preferences })).toEqual([
      'What was asked or done',
      '2026-03-11T04:00:00Z  call_me  by lin  (agent)  referred  case-1',
      'Own wishes',
      'since 2026-03-11T04:00:00Z: language es, 0 windows',
    ]);
  });

  it('leaves out what concerns another account', () => {
    expect(
      lines({ promises: [promise({ accountId: 'A2' })], payments: [paid({ accountId: 'A2' })] }),
    ).toEqual([]);
  });
});
