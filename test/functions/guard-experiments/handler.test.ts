import { describe, expect, it } from 'vitest';
import type { Experiment } from '#shared/contracts/experiment.ts';
import type { ArmCounts } from '#shared/contracts/experiment-count.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import { StopSchema } from '#shared/contracts/stop.ts';
import { createHandler } from '#functions/guard-experiments/handler.ts';
import { compiled, counts } from '#test/builders/experiment.ts';
import { at } from '#test/builders/person.ts';
import { createFakeClock } from '#test/fakes/fake-clock.ts';
import { createFakeTelemetry } from '#test/fakes/fake-telemetry.ts';

const now = at('2026-03-15T10:00:00Z');

/** The guard over experiments whose arms have these people; stops it makes are in force for its next run. */
function guard(
  experiments: Readonly<
    Record<string, { changes?: Partial<Experiment>; arms: readonly Partial<ArmCounts>[] | Error }>
  >,
  isFull = false,
) {
  const telemetry = createFakeTelemetry();
  const clock = createFakeClock(now);
  const stops: Stop[] = [];
  const rules = {
    experiments: Object.entries(experiments).map(([experiment, { changes }]) =>
      compiled({ experiment, ...changes }),
    ),
    stops,
  };
  const run = createHandler({
    telemetry,
    clock,
    rules: { current: () => Promise.resolve(rules) },
    stops: {
      stop: (stop) => {
        if (isFull) return Promise.resolve({ kind: 'too_many' });
        stops.push(StopSchema.parse(stop));
        return Promise.resolve({ kind: 'stopped', stop });
      },
    },
    counts: {
      count: (experiment) => {
        const { arms } = experiments[experiment]!;
        return arms instanceof Error ? Promise.reject(arms) : Promise.resolve(arms.map((one) => counts(one)));
      },
    },
  });
  return { run, stops, telemetry, clock };
}

const even = { assigned: 500, contacted: 500 };
const disliked = { ...even, optedOut: 40 };

describe('guard-experiments', () => {
  it('lets an experiment go on whose rates are within its rails', async () => {
    const { run, stops, telemetry } = guard({ patience: { arms: [even, { ...even, optedOut: 10 }] } });
    await run();
    expect(stops).toEqual([]);
    expect(telemetry.lines).toEqual([]);
    expect(telemetry.counts).toEqual({ experiments_guarded: 1 });
  });

  it('stops one whose challenger breaks a rail, with the figures, and tells an operator', async () => {
    const { run, stops, telemetry } = guard({ patience: { arms: [even, disliked] } });
    await run();
    expect(stops).toEqual([
      {
        stopId: 'experiment:patience',
        scope: { kind: 'experiment', experiment: 'patience' },
        by: 'guard',
        why: 'arm later: 40 of 500 people contacted opted out (8.00 %); the most allowed is 2.00 %, which brings so many with a chance of 3e-13',
        at: now,
      },
    ]);
    expect(telemetry.lines).toMatchObject([
      { event: 'experiment_stopped', fields: { experiment: 'patience' } },
    ]);
    expect(telemetry.counts).toEqual({ experiments_guarded: 1, experiment_stopped: 1 });
  });

  it('does not look at a stopped one again', async () => {
    const { run, stops, telemetry } = guard({ patience: { arms: [even, disliked] } });
    await run();
    await run();
    expect(stops).toHaveLength(1);
    expect(telemetry.counts).toEqual({ experiments_guarded: 1, experiment_stopped: 1 });
  });

  it('tells an operator of arms that have too few people, and lets the experiment go on', async () => {
    const { run, stops, telemetry } = guard({ patience: { arms: [even, { ...even, assigned: 350 }] } });
    await run();
    expect(stops).toEqual([]);
    expect(telemetry.lines).toMatchObject([
      { event: 'sample_ratio_broken', fields: { experiment: 'patience' } },
    ]);
    expect(telemetry.counts).toEqual({ experiments_guarded: 1, sample_ratio_broken: 1 });
  });

  it('stops one although another cannot be judged, and fails then', async () => {
    const { run, stops, telemetry } = guard({
      broken: { arms: new Error('table away') },
      patience: { arms: [even, disliked] },
    });
    await expect(run()).rejects.toThrow('experiments that nobody guards: broken');
    expect(stops).toHaveLength(1);
    expect(telemetry.lines).toMatchObject([
      { event: 'experiment_unguarded', fields: { experiment: 'broken' } },
      { event: 'experiment_stopped', fields: { experiment: 'patience' } },
    ]);
  });

  it('fails when so much is stopped that its stop is not taken', async () => {
    const { run, telemetry } = guard({ patience: { arms: [even, disliked] } }, true);
    await expect(run()).rejects.toThrow('experiments that nobody guards: patience');
    expect(telemetry.counts).toEqual({ experiments_guarded: 1 });
  });

  it.each([
    ['2026-02-27T23:00:00Z', 0],
    ['2026-02-28T00:00:00Z', 1],
    ['2026-04-01T23:00:00Z', 1],
    ['2026-04-02T00:00:00Z', 0],
  ])('watches while it runs anywhere on earth: on %s %i', async (iso, watched) => {
    const { run, telemetry, clock } = guard({ patience: { arms: [even, even] } });
    clock.set(at(iso));
    await run();
    expect(telemetry.counts).toEqual({ experiments_guarded: watched });
  });
});
