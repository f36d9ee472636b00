import { expect, it } from 'vitest';
import { replayText, replayUci } from '#cli/portfolio/replay-uci.ts';
import type { UciMonthRecord, UciRecord } from '#cli/portfolio/uci-record.ts';

const good: UciMonthRecord = { status: 0, bill: 0, paid: 0 };

/** Two months late at the end of July by 2,000 of a bill of 10,000. */
function cardholder(id: number, august: number, september: number): UciRecord {
  const months = {
    '2005-09': { ...good, paid: september },
    '2005-08': { ...good, paid: august },
    '2005-07': { status: 2, bill: 10_000, paid: 0 },
    '2005-06': good,
    '2005-05': good,
    '2005-04': good,
  };
  return { ...uciDefaults, id, months };
}
const uciDefaults = { creditLimit: 50_000, age: 40 } as UciRecord;

it('counts cured, partly paid and rolled accounts, and money beyond what was past due', async () => {
  const replay = await replayUci(
    [cardholder(1, 2_000, 0), cardholder(2, 500, 12_000), cardholder(3, 0, 0)],
    '2005-07',
    1,
  );
  expect(replay).toMatchObject({
    late: 3,
    pastDue: 6_000,
    months: [
      {
        until: '2005-08',
        cured: 1,
        partlyPaid: 1,
        rolled: 1,
        payments: 2,
        paid: 2_500,
        beyondPastDue: 0,
        overpaid: 0,
      },
      {
        until: '2005-09',
        cured: 2,
        partlyPaid: 0,
        rolled: 1,
        paid: 12_000,
        beyondPastDue: 10_500,
        overpaid: 2_500,
      },
    ],
  });
  expect(replayText(replay)).toContain('3 accounts were late on 2005-07-31, by 6000 TWD together');
});
