import { describe, expect, it } from 'vitest';
import { chiSquareTail } from '#shared/core/experiments/chi-square.ts';

/** Critical values as statistical tables print them, with the tail that they stand for. */
const tabulated: readonly [number, number, number][] = [
  [2.705543, 1, 0.1],
  [3.841459, 1, 0.05],
  [6.634897, 1, 0.01],
  [10.827566, 1, 0.001],
  [4.60517, 2, 0.1],
  [5.991465, 2, 0.05],
  [13.815511, 2, 0.001],
  [7.814728, 3, 0.05],
  [11.344867, 3, 0.01],
  [9.487729, 4, 0.05],
  [11.070498, 5, 0.05],
  [15.086272, 5, 0.01],
  [14.06714, 7, 0.05],
  [24.321886, 7, 0.001],
  [15.507313, 8, 0.05],
];

describe('the tail of chi-square', () => {
  it.each(tabulated)('beyond %f with %i degrees of freedom is %f', (statistic, degrees, tail) => {
    expect(chiSquareTail(statistic, degrees) / tail).toBeCloseTo(1, 5);
  });

  it('is exact where a closed form exists', () => {
    for (const statistic of [0.1, 1, 4, 20, 300]) {
      expect(chiSquareTail(statistic, 2)).toBeCloseTo(Math.exp(-statistic / 2), 14);
      const four = Math.exp(-statistic / 2) * (1 + statistic / 2);
      expect(chiSquareTail(statistic, 4)).toBeCloseTo(four, 14);
    }
  });

  it('keeps its precision where it is tiny: ten standard deviations', () => {
    // erfc(10 / √2), Abramowitz and Stegun, by their expansion 7.1.23.
    expect(chiSquareTail(100, 1) / 1.523970604832105e-23).toBeCloseTo(1, 10);
  });

  it('joins its two ways of computing without a step', () => {
    const around = [7.9, 7.999999, 8, 8.000001, 8.1].map((statistic) => chiSquareTail(statistic, 1));
    expect(around).toEqual([...around].sort((a, b) => b - a));
    expect(around[1]! - around[3]!).toBeLessThan(1e-8);
  });

  it('of nothing is certain, of something huge is nothing', () => {
    expect(chiSquareTail(0, 1)).toBe(1);
    expect(chiSquareTail(1e6, 3)).toBe(0);
  });
});
