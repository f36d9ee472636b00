import { describe, expect, it } from 'vitest';
import type { GuardRails } from '#shared/contracts/experiment.ts';
import type { ArmCounts } from '#shared/contracts/experiment-count.ts';
import { brokenRailText, judgeExperiment } from '#shared/core/experiments/judge-experiment.ts';
import { compiled, counts } from '#test/builders/experiment.ts';

const rails: GuardRails = { optOutRateMax: 0.02, complaintRateMax: 0.005, minimumPeople: 100 };
const compared: GuardRails = { ...rails, compareWithChampion: true };

type Row = readonly [
  title: string,
  guardRails: GuardRails,
  champion: Partial<ArmCounts>,
  challenger: Partial<ArmCounts>,
  broken: readonly string[],
];

const rows: readonly Row[] = [
  ['nobody was contacted', rails, {}, {}, []],
  ['rates are as low as they should be', rails, { contacted: 900 }, { contacted: 900, optedOut: 18 }, []],
  [
    'a rate is above the limit, but no more than chance explains',
    rails,
    { contacted: 900 },
    { contacted: 900, optedOut: 27 },
    [],
  ],
  [
    'a rate is surely above the limit',
    rails,
    { contacted: 900 },
    { contacted: 900, optedOut: 36 },
    [
      'arm later: 36 of 900 people contacted opted out (4.00 %); the most allowed is 2.00 %, which brings so many with a chance of 0.0001',
    ],
  ],
  ['many of few people opted out', rails, { contacted: 900 }, { contacted: 99, optedOut: 50 }, []],
  [
    'complaints are too many',
    rails,
    { contacted: 900 },
    { contacted: 1_000, complained: 15 },
    [
      'arm later: 15 of 1000 people contacted complained (1.50 %); the most allowed is 0.50 %, which brings so many with a chance of 0.0002',
    ],
  ],
  [
    'only the champion is too high: it would go on all the same',
    compared,
    { contacted: 900, optedOut: 90 },
    { contacted: 900, optedOut: 18 },
    [],
  ],
  [
    'a rate within the limit is above the champion, which nobody asked about',
    rails,
    { contacted: 4_000, optedOut: 8 },
    { contacted: 4_000, optedOut: 60 },
    [],
  ],
  [
    'a rate within the limit is surely above the champion',
    compared,
    { contacted: 4_000, optedOut: 8 },
    { contacted: 4_000, optedOut: 60 },
    [
      "arm later: 60 of 4000 people contacted opted out (1.50 %), more than the champion's 8 of 4000 (0.20 %) beyond chance",
    ],
  ],
  [
    'the champion has too few people to compare with',
    compared,
    { contacted: 99 },
    { contacted: 4_000, optedOut: 60 },
    [],
  ],
];

describe('the guard-rails of an experiment', () => {
  it.each(rows)('when %s', (...[, guardRails, champion, challenger, broken]) => {
    const judged = judgeExperiment(compiled({ guardRails }), [counts(champion), counts(challenger)]);
    expect(judged.brokenRails.map(brokenRailText)).toEqual(broken);
  });

  it('never break by the people held out, whom nobody contacts', () => {
    const experiment = compiled({
      arms: [{ arm: 'as-ever', share: 90, strategy: 'card' }],
      holdOut: { share: 10 },
    });
    const judged = judgeExperiment(experiment, [counts(), counts({ contacted: 500, optedOut: 400 })]);
    expect(judged.brokenRails).toEqual([]);
  });

  it.each([
    [1_000, 0.02],
    [100, 0.02],
    [500, 0.005],
  ])('let a true rate at its limit pass in 99 of 100 looks, of %i people at %f', (people, rate) => {
    // Every count that so many people are likely to bring, by the binomial's own weights.
    let weight = (1 - rate) ** people;
    let stopped = 0;
    for (let optedOut = 0; optedOut <= 60; optedOut += 1) {
      const arms = [counts(), counts({ contacted: people, optedOut })];
      const guardRails = { ...rails, optOutRateMax: rate };
      if (judgeExperiment(compiled({ guardRails }), arms).brokenRails.length > 0) stopped += weight;
      weight *= ((people - optedOut) / (optedOut + 1)) * (rate / (1 - rate));
    }
    expect(stopped).toBeLessThan(0.01);
    expect(stopped).toBeGreaterThan(0);
  });
});

describe('the sample ratio', () => {
  const judge = (...assigned: readonly [number, number]) =>
    judgeExperiment(
      compiled(),
      assigned.map((people) => counts({ assigned: people })),
    );

  it('is as likely as chi-square says', () => {
    // 1,050 to 950 of 2,000 is five in chi-square.
    expect(judge(1_050, 950).sampleRatioPValue).toBeCloseTo(0.0253, 4);
    expect(judge(1_050, 950).isSampleRatioBroken).toBe(false);
  });

  it('is broken when it is less likely than the experiment allows', () => {
    expect(judge(1_100, 900)).toMatchObject({ isSampleRatioBroken: true });
    expect(judge(1_100, 900).sampleRatioPValue).toBeLessThan(0.0001);
  });

  it('is not judged before five people are expected in each arm', () => {
    expect(judge(9, 0)).toMatchObject({ sampleRatioPValue: null, isSampleRatioBroken: false });
    expect(judge(10, 0).sampleRatioPValue).not.toBeNull();
  });
});
