/** Terms after which a series or fraction below has long converged for every value a probability can tell apart. */
const termsMax = 500;
const precision = 1e-16;
/** Where the series gives way to the continued fraction, in units of erfc's argument. */
const fractionFrom = 2;

/**
 * How likely chance alone makes a chi-square statistic at least this large.
 *
 * Each two degrees of freedom more add one term (Abramowitz and Stegun, 26.4.4 and 26.4.5), beginning at erfc for odd and at
 * an exponential for even ones.
 *
 * @example chiSquareTail(3.841, 1) // 0.05
 */
export function chiSquareTail(statistic: number, degreesOfFreedom: number): number {
  const half = statistic / 2;
  if (half <= 0) return 1;
  const isOdd = degreesOfFreedom % 2 === 1;
  let tail = isOdd ? erfc(Math.sqrt(half)) : Math.exp(-half);
  let term = isOdd ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : half * Math.exp(-half);
  for (let degrees = isOdd ? 3 : 4; degrees <= degreesOfFreedom; degrees += 2) {
    tail += term;
    term *= half / (degrees / 2);
  }
  return Math.min(1, tail);
}

/** The complementary error function for arguments from 0 on: a series near 0, a continued fraction (7.1.14) beyond. */
function erfc(x: number): number {
  if (x < fractionFrom) return 1 - erfSeries(x);
  let fraction = 0;
  for (let index = termsMax; index >= 1; index -= 1) fraction = index / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** 7.1.6: all terms are positive, so nothing cancels. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let index = 1; index <= termsMax && term > sum * precision; index += 1) {
    term *= (2 * x * x) / (2 * index + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
