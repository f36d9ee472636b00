import { describe, expect, it } from 'vitest';
import { ExperimentSchema } from '#shared/contracts/experiment.ts';
import { experimentRisks } from '#shared/core/config-diff/experiment-risks.ts';

const base = {
  experiment: 'earlier-call',
  title: 'Whether an earlier call helps',
  from: '2026-11-01',
  to: '2027-01-31',
  champion: 'early-card',
  arms: [
    { arm: 'champion', share: 50, strategy: 'early-card' },
    { arm: 'earlier', share: 50, strategy: 'earlier-card' },
  ],
  guardRails: { optOutRateMax: 0.02, complaintRateMax: 0.005, minimumPeople: 200, compareWithChampion: true },
  sampleRatio: { pValueMin: 0.001 },
};
const rails = base.guardRails;

function risks(changes: object): string[] {
  const [before, after] = [base, { ...base, ...changes }].map((one) => ExperimentSchema.parse(one));
  return experimentRisks([before!], [after!]).map(({ words }) => words);
}

describe('a changed experiment', () => {
  it.each<[string, object, string[]]>([
    ['is not risky with another title or end', { title: 'Other', to: '2027-02-28' }, []],
    ['is not risky when its salt is written out', { salt: 'earlier-call' }, []],
    [
      'is risky with another salt',
      { salt: 'again' },
      ['has other arms, shares or salt: people who take part change their arm'],
    ],
    [
      'is risky with people held out who took part',
      {
        arms: [
          { ...base.arms[0], share: 40 },
          { ...base.arms[1], share: 50 },
        ],
        holdOut: { share: 10 },
      },
      ['has other arms, shares or salt: people who take part change their arm'],
    ],
    [
      'is risky with wider guard rails',
      { guardRails: { optOutRateMax: 0.03, complaintRateMax: 0.005, minimumPeople: 300 } },
      [
        'guard rail optOutRateMax is raised, 0.02 → 0.03: it is stopped later',
        'guard rail minimumPeople is raised, 200 → 300: it is stopped later',
        'guard rail compareWithChampion is gone: it is stopped later',
      ],
    ],
    ['is not risky with narrower ones', { guardRails: { ...rails, optOutRateMax: 0.01 } }, []],
  ])('%s', (_, changes, expected) => {
    expect(risks(changes)).toEqual(expected);
  });

  it('is risky when it is removed', () => {
    const before = [ExperimentSchema.parse(base)];
    expect(experimentRisks(before, undefined).map(({ words }) => words)).toEqual([
      'is removed: everybody is contacted by the champion from now on',
    ]);
    expect(experimentRisks(undefined, before)).toEqual([]);
  });
});
