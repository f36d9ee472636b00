import { describe, expect, it } from 'vitest';
import {
  differenceInterval,
  shareOf,
  wilsonInterval,
  type Proportion,
} from '#shared/core/experiments/proportion.ts';

/** Newcombe's own examples for method 3 (Statistics in Medicine 17, 1998, table I). */
const single: readonly [number, number, number, number][] = [
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
];

/** And for method 10 of a difference (table II, cases a to h that it prints). */
const differences: readonly [Proportion, Proportion, number, number][] = [
  [{ count: 56, of: 70 }, { count: 48, of: 80 }, 0.0524, 0.3339],
  [{ count: 9, of: 10 }, { count: 3, of: 10 }, 0.1705, 0.809],
  [{ count: 6, of: 7 }, { count: 2, of: 7 }, 0.0582, 0.8062],
  [{ count: 5, of: 56 }, { count: 0, of: 29 }, -0.0381, 0.1926],
  [{ count: 0, of: 10 }, { count: 0, of: 20 }, -0.1611, 0.2775],
  [{ count: 0, of: 10 }, { count: 0, of: 10 }, -0.2775, 0.2775],
  [{ count: 10, of: 10 }, { count: 0, of: 20 }, 0.6791, 1],
  [{ count: 10, of: 10 }, { count: 0, of: 10 }, 0.6075, 1],
];

describe("Wilson's interval of a share", () => {
  it.each(single)('of %i of %i is %f to %f', (count, of, low, high) => {
    const interval = wilsonInterval({ count, of });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('of nobody is everything', () => {
    expect(wilsonInterval({ count: 0, of: 0 })).toEqual({ low: 0, high: 1 });
    expect(shareOf({ count: 0, of: 0 })).toBe(0);
  });
});

describe("Newcombe's interval of a difference", () => {
  it.each(differences)('of %o and %o is %f to %f', (one, other, low, high) => {
    const interval = differenceInterval(one, other);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});
