import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Deployment, progressOf, versionFor } from '#infra/local/appconfig/rollout.ts';

const minuteMs = 60_000;
const startedAtMs = Date.parse('2026-03-02T08:00:00Z');

function deployment(changes: Partial<Deployment> = {}): Deployment {
  const plan = { minutes: 20, growthPercent: 25, bakeMinutes: 10 };
  return { number: 1, version: 1, strategyId: 's', description: '', plan, startedAtMs, ...changes };
}

const callers = Array.from({ length: 200 }, (_, index) => `function-${String(index)}`);
const share = (deployments: readonly Deployment[], version: number, minute: number): number =>
  callers.filter((one) => versionFor(one, deployments, startedAtMs + minute * minuteMs) === version).length /
  callers.length;

describe('a gradual deployment', () => {
  it.each([
    [0, 'DEPLOYING', 25],
    [4.9, 'DEPLOYING', 25],
    [5, 'DEPLOYING', 50],
    [15, 'DEPLOYING', 100],
    [20, 'BAKING', 100],
    [29.9, 'BAKING', 100],
    [30, 'COMPLETE', 100],
  ])('is after %f minutes %s at %i %%', (minute, state, percent) => {
    expect(progressOf(deployment(), startedAtMs + minute * minuteMs)).toEqual({ state, percent });
  });

  it('reaches about its share of the callers, and all of them in the end', () => {
    const both = [deployment({ startedAtMs: 0 }), deployment({ number: 2, version: 2 })];
    expect(share(both, 2, 0)).toBeGreaterThan(0.1);
    expect(share(both, 2, 0)).toBeLessThan(0.4);
    expect(share(both, 1, 0)).toBe(1 - share(both, 2, 0));
    expect(share(both, 2, 15)).toBe(1);
  });

  it('never takes the new version from a caller while it grows', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(30), fc.nat(30), (caller, minute, later) => {
        const at = (minutes: number) => versionFor(caller, [deployment()], startedAtMs + minutes * minuteMs);
        if (at(minute) === 1) expect(at(minute + later)).toBe(1);
      }),
    );
  });

  it('gives everybody the version before when it is taken back', () => {
    const undone = { state: 'ROLLED_BACK', atMs: startedAtMs, why: '' } as const;
    const both = [deployment({ startedAtMs: 0 }), deployment({ number: 2, version: 2, undone })];
    expect(share(both, 1, 15)).toBe(1);
  });

  it('leaves callers without any version that are not in the share of the very first', () => {
    expect(share([deployment()], 1, 0)).toBeLessThan(0.5);
    expect(versionFor('anybody', [], startedAtMs)).toBeUndefined();
  });

  it('is over at its first moment when it takes no time', () => {
    const atOnce = deployment({ plan: { minutes: 0, growthPercent: 100, bakeMinutes: 0 } });
    expect(progressOf(atOnce, startedAtMs)).toEqual({ state: 'COMPLETE', percent: 100 });
  });
});
