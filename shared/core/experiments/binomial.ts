import type { Proportion } from './proportion.ts';

/** Part of a sum below which further terms change no digit of it. */
const precision = 1e-17;

/**
 * How likely chance alone brings at least `count` of `of` people, when it happens to each of them at a rate: the exact
 * binomial tail. Where no more happened than is to be expected, it is not worked out, and 1.
 *
 * @example binomialTail({ count: 3, of: 500 }, 0.001) // 0.0144
 */
export function binomialTail({ count, of }: Proportion, rate: number): number {
  if (count <= of * rate) return 1;
  let term = Math.exp(logBinomial({ count, of }, rate));
  let tail = 0;
  // Beyond the expected number each term is smaller than the one before.
  for (let happened = count; happened <= of && term > tail * precision; happened += 1) {
    tail += term;
    term *= ((of - happened) / (happened + 1)) * (rate / (1 - rate));
  }
  return tail;
}

/** Logarithm of the likelihood of exactly `count`; the likelihood itself may be too small for a number on the way. */
function logBinomial({ count, of }: Proportion, rate: number): number {
  let log = count * Math.log(rate) + (of - count) * Math.log1p(-rate);
  for (let index = 1; index <= count; index += 1) log += Math.log((of - index + 1) / index);
  return log;
}
