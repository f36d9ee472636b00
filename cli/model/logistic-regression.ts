/** An account of a training: its features, already on one scale, and whether the outcome came about. */
export interface Observation {
  readonly features: readonly number[];
  readonly outcome: 0 | 1;
}

export interface LogisticFit {
  readonly intercept: number;
  readonly weights: readonly number[];
}

/** Rounds after which a fit that still moves is given up; well-posed data needs fewer than ten. */
const roundsMax = 50;
/** A step shorter than this, in log-odds, is the end. */
const stepMin = 1e-10;

/**
 * Fits a logistic regression by Newton's method (iteratively reweighted least squares). `l2` is the strength of the ridge
 * penalty, ½·l2·Σ weight², on all but the intercept: it keeps weights finite also where the data separates perfectly.
 * (Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 4.4.1)
 *
 * @throws Error when there is nothing to fit or the fit does not come to rest.
 */
export function fitLogistic(
  observations: readonly Observation[],
  { l2 }: { readonly l2: number },
): LogisticFit {
  const width = observations[0]?.features.length;
  if (width === undefined) throw new Error('there is no account to learn from');
  let coefficients = new Array<number>(width + 1).fill(0);
  for (let round = 0; round < roundsMax; round += 1) {
    const step = newtonStep(observations, coefficients, l2);
    coefficients = coefficients.map((value, index) => value + at(step, index));
    if (Math.max(...step.map(Math.abs)) < stepMin) {
      const [intercept = 0, ...weights] = coefficients;
      return { intercept, weights };
    }
  }
  throw new Error(
    `the fit has not come to rest after ${roundsMax} rounds: raise l2 or look for a broken feature`,
  );
}

/** The probability that a fit gives to features. */
export function predict({ intercept, weights }: LogisticFit, features: readonly number[]): number {
  const logOdds = weights.reduce((sum, weight, index) => sum + weight * at(features, index), intercept);
  return 1 / (1 + Math.exp(-logOdds));
}

/** Solves (Xᵀ W X + l2) step = Xᵀ (y - p) - l2 · coefficients. */
function newtonStep(
  observations: readonly Observation[],
  coefficients: readonly number[],
  l2: number,
): readonly number[] {
  const size = coefficients.length;
  const penalty = (index: number): number => (index === 0 ? 0 : l2);
  const gradient = coefficients.map((value, index) => -penalty(index) * value);
  const curvature = coefficients.map((_, row) =>
    Array.from({ length: size }, (_unused, column) => (row === column ? penalty(row) : 0)),
  );
  const [intercept = 0, ...weights] = coefficients;
  for (const { features, outcome } of observations) {
    const probability = predict({ intercept, weights }, features);
    const inputs = [1, ...features];
    const certainty = probability * (1 - probability);
    for (const [row, input] of inputs.entries()) {
      gradient[row] = at(gradient, row) + (outcome - probability) * input;
      const curvatureRow = curvature[row] ?? [];
      for (const [column, other] of inputs.entries())
        curvatureRow[column] = at(curvatureRow, column) + certainty * input * other;
    }
  }
  return solve(curvature, gradient);
}

/** Solves a symmetric positive definite system by Cholesky's decomposition. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const lower = cholesky(matrix);
  const forward: number[] = [];
  for (const [row, value] of right.entries()) {
    const known = forward.reduce((sum, found, column) => sum + at(lower[row], column) * found, 0);
    forward.push((value - known) / at(lower[row], row));
  }
  const solution = new Array<number>(right.length).fill(0);
  for (let row = right.length - 1; row >= 0; row -= 1) {
    let known = 0;
    for (let below = row + 1; below < right.length; below += 1)
      known += at(lower[below], row) * at(solution, below);
    solution[row] = (at(forward, row) - known) / at(lower[row], row);
  }
  return solution;
}

function cholesky(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const lower: number[][] = [];
  for (const [row, entries] of matrix.entries()) {
    const own: number[] = [];
    lower.push(own);
    for (let column = 0; column <= row; column += 1) {
      const other = lower[column];
      let rest = at(entries, column);
      for (let before = 0; before < column; before += 1) rest -= at(own, before) * at(other, before);
      if (column < row) own.push(rest / at(other, column));
      else if (rest > 0) own.push(Math.sqrt(rest));
      else throw new Error('the features depend on one another: raise l2 or leave one out');
    }
  }
  return lower;
}

function at(list: readonly number[] | undefined, index: number): number {
  return list?.[index] ?? 0;
}
