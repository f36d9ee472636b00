import { describe, expect, it } from 'vitest';
import { binomialTail } from '#shared/core/experiments/binomial.ts';

/** Sums of the binomial, worked out with whole numbers of any length. */
const exact: readonly [number, number, number, number][] = [
  [3, 500, 0.001, 0.014330797584369392],
  [27, 900, 0.02, 0.026926037638622558],
  [36, 900, 0.02, 0.00010068632236359676],
  [15, 1_000, 0.005, 0.0002158033634892531],
  [1, 14, 0.001, 1 - 0.999 ** 14],
  [10, 10, 0.5, 0.5 ** 10],
];

describe('the tail of the binomial', () => {
  it.each(exact)('of %i or more of %i at a rate of %f is %f', (count, of, rate, tail) => {
    expect(binomialTail({ count, of }, rate) / tail).toBeCloseTo(1, 9);
  });

  it('is 1 where no more happened than is to be expected, also of nobody', () => {
    expect(binomialTail({ count: 20, of: 1_000 }, 0.02)).toBe(1);
    expect(binomialTail({ count: 0, of: 0 }, 0.02)).toBe(1);
    expect(binomialTail({ count: 5, of: 5 }, 1)).toBe(1);
  });

  it('neither overflows nor vanishes for many people', () => {
    // Three and a half standard deviations above the mean of a million people.
    expect(binomialTail({ count: 20_490, of: 1_000_000 }, 0.02)).toBeGreaterThan(1e-4);
    expect(binomialTail({ count: 20_490, of: 1_000_000 }, 0.02)).toBeLessThan(4e-4);
    expect(binomialTail({ count: 900_000, of: 1_000_000 }, 0.02)).toBe(0);
  });
});
