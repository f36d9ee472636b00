import { describe, expect, it } from 'vitest';
import type { Account } from '#shared/contracts/account.ts';
import type { Experiment } from '#shared/contracts/experiment.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import { armFor, assignedArm } from '#shared/core/experiments/assign-arm.ts';
import { compiled } from '#test/builders/experiment.ts';
import { account, at } from '#test/builders/person.ts';

type Row = readonly [string, Partial<Account>, string, Partial<Experiment>, boolean];

/** The earliest step of the arms hangs three days before the due date; the experiment lasts from 1 to 31 March. */
const rows: readonly Row[] = [
  ['its ageing began within', { dueDate: '2026-03-10' }, '2026-03-12', {}, true],
  ['its first step falls on the first day', { dueDate: '2026-03-04' }, '2026-03-04', {}, true],
  ['its first step fell on the day before', { dueDate: '2026-03-03' }, '2026-03-04', {}, false],
  ['it has been past due for long', { dueDate: '2026-01-10' }, '2026-03-12', {}, false],
  ['it is due on the last day', { dueDate: '2026-03-31' }, '2026-03-31', {}, true],
  ['it is due a day later', { dueDate: '2026-04-01' }, '2026-03-31', {}, false],
  ['the experiment is over since yesterday', { dueDate: '2026-03-10' }, '2026-04-01', {}, false],
  ['the experiment begins tomorrow', { dueDate: '2026-03-10' }, '2026-02-28', {}, true],
  [
    'it is due after joining has ended',
    { dueDate: '2026-03-16' },
    '2026-03-20',
    { joinUntil: '2026-03-15' },
    false,
  ],
  [
    'it joined before joining ended',
    { dueDate: '2026-03-15' },
    '2026-03-30',
    { joinUntil: '2026-03-15' },
    true,
  ],
  [
    'nothing is past due but something is to pay',
    { pastDue: 0, dueDate: '2026-03-20' },
    '2026-03-12',
    {},
    true,
  ],
  ['nothing is to pay', { pastDue: 0, minimumDue: 0, dueDate: '2026-03-20' }, '2026-03-12', {}, false],
];

describe('an account takes part', () => {
  it.each(rows)('when %s', (...[, facts, today, changes, takesPart]) => {
    expect(armFor(account(facts), compiled(changes), today) !== null).toBe(takesPart);
  });

  it('only when it is past due, if no arm speaks before the due date', () => {
    const late = compiled({
      champion: 'patient',
      arms: [{ arm: 'only', share: 90, strategy: 'patient' }],
      holdOut: { share: 10 },
    });
    expect(late.firstDay).toBe(5);
    const good = account({ pastDue: 0, dueDate: '2026-03-10' });
    expect(armFor(good, late, '2026-03-12')).toBeNull();
    expect(armFor({ ...good, pastDue: 10 }, late, '2026-03-12')).not.toBeNull();
  });
});

describe('the arm of an account', () => {
  const facts = account({ dueDate: '2026-03-10' });
  const today = '2026-03-12';
  const stop = (experiment: string): Stop => ({
    stopId: `experiment:${experiment}`,
    scope: { kind: 'experiment', experiment },
    by: 'guard',
    why: 'too many opted out',
    at: at('2026-03-11T00:00:00Z'),
  });
  const armOf = (champion: string, stops: readonly Stop[] = []) =>
    assignedArm(facts, champion, { experiments: [compiled()], stops, today });

  it('names the experiment, the arm and its strategy', () => {
    expect(armOf('card')).toEqual(armFor(facts, compiled(), today));
    expect(armOf('card')).toMatchObject({ experiment: 'patience' });
  });

  it('is none for accounts of other strategies, not even for those of a challenger', () => {
    expect(armOf('loan')).toBeNull();
    expect(armOf('patient')).toBeNull();
  });

  it('is none once the experiment is stopped, but another stop does not matter', () => {
    expect(armOf('card', [stop('patience')])).toBeNull();
    expect(armOf('card', [stop('other')])).not.toBeNull();
  });

  it('is the arm of the experiment that the due date lies in, of several that follow one another', () => {
    const later = compiled({ experiment: 'next', from: '2026-04-01', to: '2026-04-30' });
    const experiments = [later, compiled()];
    const inForce = { experiments, stops: [], today };
    expect(assignedArm(facts, 'card', inForce)?.experiment).toBe('patience');
    const april = account({ dueDate: '2026-04-10' });
    expect(assignedArm(april, 'card', inForce)?.experiment).toBe('next');
  });
});
