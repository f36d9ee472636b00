import type { CalibrationRow, Quality } from '#shared/contracts/risk-model.ts';

/** A predicted probability and what came about. */
export interface Prediction {
  readonly probability: number;
  readonly outcome: 0 | 1;
}

/** Probabilities are kept this far from 0 and 1 in the logarithm, so that one sure mistake is not infinitely bad. */
const logLossMargin = 1e-12;
/** Digits after the point of every figure that is printed and kept. */
export const qualityDigits = 4;

/** How good predictions are: order (AUC), error (Brier, log loss), and on how many accounts that was seen. */
export function qualityOf(name: string, predictions: readonly Prediction[]): Quality {
  const brier = meanOf(predictions, ({ probability, outcome }) => (probability - outcome) ** 2);
  const logLoss = meanOf(predictions, ({ probability, outcome }) => {
    const given = outcome === 1 ? probability : 1 - probability;
    return -Math.log(Math.max(given, logLossMargin));
  });
  return {
    name,
    rows: predictions.length,
    notCured: rounded(meanOf(predictions, ({ outcome }) => outcome)),
    auc: rounded(aucOf(predictions)),
    brier: rounded(brier),
    logLoss: rounded(logLoss),
  };
}

/**
 * The chance that of two accounts, one with each outcome, the one whose outcome came about was given the higher
 * probability; equal ones count half. 0.5 where all outcomes are alike.
 */
export function aucOf(predictions: readonly Prediction[]): number {
  const ranks = ranksOf(predictions.map(({ probability }) => probability));
  const positives = predictions.flatMap(({ outcome }, index) => (outcome === 1 ? [ranks[index] ?? 0] : []));
  const negatives = predictions.length - positives.length;
  if (positives.length === 0 || negatives === 0) return 0.5;
  const rankSum = positives.reduce((sum, rank) => sum + rank, 0);
  return (rankSum - (positives.length * (positives.length + 1)) / 2) / (positives.length * negatives);
}

/** The place of each value among all, from 1; equal values share the middle of their places. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  let from = 0;
  while (from < order.length) {
    let to = from + 1;
    while (order[to]?.value === order[from]?.value) to += 1;
    for (const { index } of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Predicted against observed, in `bins` parts of equal size by predicted probability, lowest first. */
export function calibrationOf(predictions: readonly Prediction[], bins: number): CalibrationRow[] {
  const sorted = [...predictions].sort((a, b) => a.probability - b.probability);
  return Array.from({ length: bins }, (_, bin) =>
    calibrationRow(
      sorted.slice(Math.floor((bin * sorted.length) / bins), Math.floor(((bin + 1) * sorted.length) / bins)),
    ),
  );
}

/** Predicted against observed of some accounts. */
export function calibrationRow(predictions: readonly Prediction[]): CalibrationRow {
  return {
    rows: predictions.length,
    predicted: rounded(meanOf(predictions, ({ probability }) => probability)),
    observed: rounded(meanOf(predictions, ({ outcome }) => outcome)),
  };
}

/** A figure to the digits that are kept. */
export function rounded(value: number): number {
  return Number(value.toFixed(qualityDigits));
}

function meanOf(predictions: readonly Prediction[], valueOf: (one: Prediction) => number): number {
  if (predictions.length === 0) return 0;
  return predictions.reduce((sum, one) => sum + valueOf(one), 0) / predictions.length;
}
