import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandError } from '#cli/command-error.ts';
import { experimentsCommand } from '#cli/commands/experiments.ts';
import { createExperimentCounts } from '#functions/_adapters/dynamodb/experiment-counts.ts';
import { createStopStore } from '#functions/_adapters/dynamodb/stop-store.ts';
import type { ExperimentEvent } from '#shared/contracts/experiment-count.ts';
import { at } from '#test/builders/person.ts';
import { stopOf } from '#test/builders/stops.ts';
import { startLocalDynamodb, type LocalDynamodb } from '#test/local-dynamodb.ts';
import { smallConfig } from '../config/small-config.ts';
import { runDunwell } from '../run-dunwell.ts';

const file = (name: string, from: string, to: string, more = '') => `experiment: ${name}
title: Whether fewer contacts cost anything
from: ${from}
to: ${to}
champion: plain
arms:
  - { arm: as-ever, share: 50, strategy: plain }
  - { arm: soft, share: 40, strategy: soft }
holdOut: { share: 10 }
${more}guardRails: { optOutRateMax: 0.02, complaintRateMax: 0.001, minimumPeople: 100 }
sampleRatio: { pValueMin: 0.001 }
`;

let local: LocalDynamodb;
let table: { readonly table: string; readonly endpoint: string };
let folder: string;
let configDir: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-experiments-'));
  configDir = path.join(folder, 'config');
  const files = {
    ...smallConfig,
    'strategies/soft.yaml': smallConfig['strategies/plain.yaml']!.replace('plain', 'soft\nchallenger: true'),
    'experiments/spring.yaml': file('spring', '2026-03-01', '2026-04-30', 'joinUntil: 2026-03-31\n'),
    'experiments/winter.yaml': file('winter', '2026-01-01', '2026-02-28'),
    'experiments/autumn.yaml': file('autumn', '2026-09-01', '2026-09-30'),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(configDir, name)), { recursive: true });
    writeFileSync(path.join(configDir, name), content);
  }
  local = await startLocalDynamodb();
  const created = await local.createTable(1);
  table = { table: created.name, endpoint: local.endpoint };
  const people = (arm: string, event: ExperimentEvent, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ experiment: 'spring', arm, event, to: '2026-04-30' },
      debtorId: `${arm}-${String(index)}`,
    }));
  await createExperimentCounts(created).record([
    ...people('as-ever', 'assigned', 50),
    ...people('as-ever', 'overdue', 40),
    ...people('as-ever', 'contacted', 40),
    ...people('as-ever', 'cured', 30),
    ...people('soft', 'assigned', 40),
    ...people('soft', 'overdue', 30),
    ...people('soft', 'contacted', 25),
    ...people('soft', 'optedOut', 5),
    ...people('soft', 'cured', 10),
    ...people('hold-out', 'assigned', 10),
    ...people('hold-out', 'cured', 2),
  ]);
  await createStopStore(created).stop(
    stopOf({ kind: 'experiment', experiment: 'spring' }, { by: 'guard', why: 'too many opted out' }),
  );
});
afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function printed(args: { readonly name?: string; readonly json?: boolean } = {}, on = '2026-03-20') {
  const output = new PassThrough();
  const around = { output, environment: {}, dotDir: folder, configDir, now: () => at(`${on}T12:00:00Z`) };
  const status = await experimentsCommand({ json: false, ...table, ...args }, around);
  output.end();
  return { status, report: await text(output) };
}

describe('dunwell experiments', () => {
  it('prints arms with their people, rates, intervals and differences, and who stopped it and why', async () => {
    const { status, report } = await printed({ name: 'spring' });
    expect(status).toBe(0);
    expect(report.replace(/(?<=\S) {2,}(?=\S)/gu, ' | ')).toBe(`spring: Whether fewer contacts cost anything
  stopped; 2026-03-01 to 2026-04-30, joining until 2026-03-31; champion plain
  stopped by guard at 2026-03-10T12:00:00Z: too many opted out
  arm | share | people | past due | contacted | opted out | complained | cured
  as-ever | 50 % | 50 | 40 | 40 | 0 | 0.00 % (0.00 to 8.76) | 0 | 0.00 % (0.00 to 8.76) | 30 | 60.00 % (46.18 to 72.39)
  soft | 40 % | 40 | 30 | 25 | 5 | 20.00 % (8.86 to 39.13) | 0 | 0.00 % (0.00 to 13.32) | 10 | 25.00 % (14.19 to 40.19)
  hold-out | 10 % | 10 | 0 | 0 | - | - | 2 | 20.00 % (5.67 to 50.98)
  soft less the champion: opted out 20.00 points (5.83 to 39.13); complained 0.00 points (-8.76 to 13.32); cured -35.00 points (-51.45 to -14.46)
  hold-out less the champion: cured -40.00 points (-58.95 to -6.07)
  sample ratio: p = 1.0000 (an alarm below 0.001)

Opted out and complained are shares of the people contacted, cured of all people of the arm. In brackets: between
what the true share, or difference, lies in 95 of 100 cases.
`);
  });

  it('tells the same as JSON', async () => {
    const { report } = await printed({ name: 'spring', json: true });
    expect(JSON.parse(report)).toMatchObject([
      {
        experiment: 'spring',
        state: 'stopped',
        stop: { by: 'guard', why: 'too many opted out', at: '2026-03-10T12:00:00Z' },
        sampleRatioPValue: 1,
        arms: [
          { arm: 'as-ever', sharePercent: 50, people: 50, pastDue: 40, toChampion: null },
          { arm: 'soft', contacted: 25, rates: { optedOut: { count: 5, of: 25, rate: 0.2 } } },
          { arm: 'hold-out', strategy: null, people: 10, contacted: 0 },
        ],
      },
    ]);
    const [{ arms }] = JSON.parse(report) as [{ arms: { toChampion: object | null }[] }];
    expect(Object.keys(arms[2]!.toChampion!)).toEqual(['cured']);
  });

  it.each([
    ['2025-12-31', ['planned', 'stopped', 'planned']],
    ['2026-02-28', ['planned', 'stopped', 'running']],
    ['2026-05-01', ['planned', 'ended', 'ended']],
  ])('tells how each stands on %s', async (today, states) => {
    const { report } = await printed({ json: true }, today);
    const reports = JSON.parse(report) as { experiment: string; state: string }[];
    expect(reports.map(({ experiment }) => experiment)).toEqual(['autumn', 'spring', 'winter']);
    expect(reports.map(({ state }) => state)).toEqual(states);
  });

  it('tells that nobody has been counted yet', async () => {
    const { report } = await printed({ name: 'autumn' });
    expect(report).toContain('sample ratio: too few people to tell');
    expect(report).not.toContain('less the champion');
    expect(report).toMatch(/^ {2}hold-out +10 % +0 +0 +0 +- +- +-$/mu);
  });

  it('refuses a name that the configuration does not have', async () => {
    const error: unknown = await printed({ name: 'summer' }).catch((thrown: unknown) => thrown);
    if (!(error instanceof CommandError)) throw new Error('it was not refused', { cause: error });
    expect(error.reasons).toEqual([`${configDir} has no experiment summer; it has autumn, spring, winter`]);
  });

  it('is a command', async () => {
    const { status, output } = await runDunwell([
      'experiments',
      '--table',
      table.table,
      '--endpoint',
      table.endpoint,
    ]);
    expect(output).toBe('The configuration has no experiment: see docs/experiments.md.\n');
    expect(status).toBe(0);
  });
});
