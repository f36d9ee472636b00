import { describe, expect, it } from 'vitest';
import { inferInstalments } from '#shared/core/ageing/instalments.ts';

const usd = { currency: 'USD', minimumDue: 100, dueDate: '2026-01-15' };

/** name · what the feed says · today · instalments as `due date amount` */
const table: [string, { pastDue: number; minimumDue: number; dueDate: string }, string, string[]][] = [
  ['nothing past due has none', { pastDue: 0, minimumDue: 100, dueDate: '2026-01-15' }, '2026-03-20', []],
  [
    'one instalment',
    { pastDue: 100, minimumDue: 100, dueDate: '2026-01-15' },
    '2026-01-20',
    ['2026-01-15 100'],
  ],
  [
    'what is left lies on the oldest',
    { pastDue: 250, minimumDue: 100, dueDate: '2026-01-15' },
    '2026-03-20',
    ['2026-01-15 50', '2026-02-15 100', '2026-03-15 100'],
  ],
  [
    'none lies after today',
    { pastDue: 250, minimumDue: 100, dueDate: '2026-01-15' },
    '2026-02-14',
    ['2026-01-15 250'],
  ],
  [
    'one due today counts',
    { pastDue: 200, minimumDue: 100, dueDate: '2026-01-15' },
    '2026-02-15',
    ['2026-01-15 100', '2026-02-15 100'],
  ],
  [
    'older arrears lie on the oldest',
    { pastDue: 900, minimumDue: 100, dueDate: '2026-01-15' },
    '2026-02-20',
    ['2026-01-15 800', '2026-02-15 100'],
  ],
  [
    'no minimum due is one instalment',
    { pastDue: 250, minimumDue: 0, dueDate: '2026-01-15' },
    '2026-03-20',
    ['2026-01-15 250'],
  ],
  [
    'a due date of tomorrow elsewhere has its instalment',
    { pastDue: 100, minimumDue: 100, dueDate: '2026-03-21' },
    '2026-03-20',
    ['2026-03-21 100'],
  ],
  [
    'the end of a short month',
    { pastDue: 300, minimumDue: 100, dueDate: '2026-01-31' },
    '2026-03-31',
    ['2026-01-31 100', '2026-02-28 100', '2026-03-31 100'],
  ],
];

describe('inferInstalments', () => {
  it.each(table)('%s', (_name, figures, today, expected) => {
    const instalments = inferInstalments({ ...usd, ...figures }, today);
    expect(instalments.map((one) => `${one.dueDate} ${one.amount}`)).toEqual(expected);
  });

  it('splits cents exactly', () => {
    const instalments = inferInstalments({ ...usd, pastDue: 0.3, minimumDue: 0.1 }, '2026-03-20');
    expect(instalments.map((one) => one.amount)).toEqual([0.1, 0.1, 0.1]);
  });

  it('never makes more instalments than an account may have', () => {
    const instalments = inferInstalments(
      { ...usd, pastDue: 1_000_000, minimumDue: 1, dueDate: '1970-01-01' },
      '2026-03-20',
    );
    expect(instalments).toHaveLength(360);
    expect(instalments[0]).toEqual({ dueDate: '1970-01-01', amount: 1_000_000 - 359 });
  });
});
