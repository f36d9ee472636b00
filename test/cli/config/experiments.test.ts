import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readYaml } from '#cli/yaml-with-lines.ts';
import { ExperimentSchema } from '#shared/contracts/experiment.ts';
import { readChanged, smallConfig } from './small-config.ts';

const file = 'experiments/softer.yaml';
const right = `experiment: softer
title: Whether fewer contacts cost anything
from: 2026-12-01
to: 2027-01-31
joinUntil: 2026-12-31
champion: plain
arms:
  - { arm: as-ever, share: 45, strategy: plain }
  - { arm: soft, share: 45, strategy: soft }
holdOut: { share: 10 }
guardRails: { optOutRateMax: 0.02, complaintRateMax: 0.001, minimumPeople: 200 }
sampleRatio: { pValueMin: 0.001 }
`;
const soft = (smallConfig['strategies/plain.yaml'] ?? '').replace(
  'strategy: plain',
  'strategy: soft\nchallenger: true',
);

/** The smallest configuration with an experiment, in which some text is another. */
const read = (from = '', to = '', more: Readonly<Record<string, string>> = {}) => {
  expect(right).toContain(from);
  return readChanged({ 'strategies/soft.yaml': soft, [file]: right.replace(from, to), ...more });
};

const shares = (arms: string) => `experiments/softer.yaml:7: arms ${arms}; correct it. ${armsAbout}`;
const armsAbout = "Arms with their shares, the champion's own among them; add new ones at the end.";
const strategyAbout = 'Strategy by which they are contacted; one arm has that of `champion`.';

/** Each row: what is wrong, what stands there, what is written instead, and the whole text of each error. */
const rows: readonly [string, string, string, ...string[]][] = [
  [
    'a champion that does not exist',
    'plain\narms:\n  - { arm: as-ever, share: 45, strategy: plain }',
    'plane\narms:\n  - { arm: as-ever, share: 45, strategy: plane }',
    'experiments/softer.yaml:6: champion is "plane", which has no file in strategies/; add strategies/plane.yaml or use one of plain, soft',
  ],
  [
    'a champion that is never chosen by itself',
    'champion: plain',
    'champion: soft',
    'experiments/softer.yaml:6: champion is "soft", which is a challenger and never chosen by itself; name the strategy that is in force, or take `challenger` out of its file',
  ],
  [
    'a challenger that does not exist',
    'strategy: soft }',
    'strategy: sotf }',
    'experiments/softer.yaml:9: arms[1].strategy is "sotf", which has no file in strategies/; add strategies/sotf.yaml or use one of plain, soft',
  ],
  [
    'a challenger that is the champion',
    'strategy: soft }',
    'strategy: plain }',
    `experiments/softer.yaml:9: arms[1].strategy is "plain", the champion, which arm "as-ever" has already; correct it. ${strategyAbout}`,
  ],
  [
    'an arm without people of the champion',
    'share: 45, strategy: plain }\n  - { arm: soft, share: 45, strategy: soft',
    'share: 90, strategy: soft',
    shares('has no arm with the champion\'s strategy "plain"'),
  ],
  [
    'two arms of one name',
    'arm: soft',
    'arm: as-ever',
    'experiments/softer.yaml:9: arms[1].arm is "as-ever" a second time; correct it. Name of the arm; it appears in the ledger and in counts.',
  ],
  [
    'an arm that is called as the people held out are',
    'arm: soft',
    'arm: hold-out',
    'experiments/softer.yaml:9: arms[1].arm must not be "hold-out", as the people without contact are counted; correct it. Name of the arm; it appears in the ledger and in counts.',
  ],
  [
    'shares that do not add up',
    'share: 45, strategy: soft',
    'share: 50, strategy: soft',
    shares('has shares of 105 % with the hold-out; they must be 100 %'),
  ],
  [
    'a part of a percent',
    'share: 45, strategy: soft',
    'share: 44.5, strategy: soft',
    'experiments/softer.yaml:9: arms[1].share is 44.5; give a whole number. People of this arm, in whole percent.',
  ],
  [
    'nobody to compare with',
    '  - { arm: as-ever, share: 45, strategy: plain }\n  - { arm: soft, share: 45, strategy: soft }\nholdOut: { share: 10 }',
    '  - { arm: as-ever, share: 100, strategy: plain }',
    shares('has nobody to compare the champion with'),
  ],
  [
    'an end before the beginning',
    'to: 2027-01-31\njoinUntil: 2026-12-31',
    'to: 2026-11-30',
    'experiments/softer.yaml:4: to must not be before `from`; correct it. Last day, inclusive; from the next on everybody is contacted by the champion.',
  ],
  [
    'joining after the end',
    'joinUntil: 2026-12-31',
    'joinUntil: 2027-02-01',
    'experiments/softer.yaml:5: joinUntil must lie between `from` and `to`; correct it. Last due date with which an account still takes part, so that those who joined can finish before `to`; absent: `to`.',
  ],
  [
    'a day that no calendar has',
    'from: 2026-12-01',
    'from: 2026-11-31',
    'experiments/softer.yaml:3: from is "2026-11-31"; write a date that exists as YYYY-MM-DD. First day, where each person lives.',
  ],
  [
    'a rate in percent',
    'optOutRateMax: 0.02',
    'optOutRateMax: 2',
    'experiments/softer.yaml:11: guardRails.optOutRateMax is 2; use at most 1. Stop when surely more than this share of the people contacted by a challenger opted out: 0.02 is 2 %.',
  ],
  [
    'no guard-rails',
    'guardRails: { optOutRateMax: 0.02, complaintRateMax: 0.001, minimumPeople: 200 }\n',
    '',
    'experiments/softer.yaml:1: guardRails is missing; give fields of its own. What stops the experiment by itself.',
  ],
  [
    'an id that is not the file name',
    'experiment: softer',
    'experiment: soft',
    'experiments/softer.yaml:1: experiment is "soft" in softer.yaml; write softer or rename the file',
  ],
];

describe('the example of docs/experiments.md', () => {
  it('is right by itself', async () => {
    const text = await readFile(new URL('../../../docs/experiments.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n([^`]*)```/u.exec(text) ?? [];
    expect(readYaml(example, ExperimentSchema)).toMatchObject({
      ok: true,
      value: { experiment: 'fewer-texts', holdOut: { share: 10 } },
    });
  });
});

describe('experiments of a configuration', () => {
  it('are part of the bundle', async () => {
    const { read: reading } = await read();
    expect(reading.ok && reading.bundle.experiments?.map(({ experiment }) => experiment)).toEqual(['softer']);
  });

  it('may be absent, with or without their folder', async () => {
    expect((await readChanged({})).read).toMatchObject({ ok: true, bundle: { experiments: [] } });
    const empty = await readChanged({ 'experiments/README.md': 'none yet' });
    expect(empty.read).toMatchObject({ ok: true, bundle: { experiments: [] } });
  });

  it.each(rows)('are refused for %s', async (_title, from, to, ...expected) => {
    expect((await read(from, to)).errors).toEqual(expected);
  });

  it('are refused when two of one champion are there at the same time', async () => {
    const other = right
      .replace('experiment: softer', 'experiment: winter')
      .replace('2026-12-01', '2026-12-20');
    const { errors } = await read('', '', { 'experiments/winter.yaml': other });
    expect(errors).toEqual([
      'experiments/winter.yaml:3: from lies within experiment "softer" of the same champion (2026-12-01 to 2027-01-31); let one begin after the other has ended',
    ]);
  });

  it('may follow one another', async () => {
    const spring = right
      .replace('experiment: softer', 'experiment: spring')
      .replace(/from: .*\nto: .*\njoinUntil: .*\n/u, 'from: 2027-02-01\nto: 2027-02-28\n');
    expect((await read('', '', { 'experiments/spring.yaml': spring })).errors).toEqual([]);
  });
});
