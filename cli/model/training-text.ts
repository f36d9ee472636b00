import { riskClasses, type CalibrationRow, type Quality } from '#shared/contracts/risk-model.ts';
import { qualityDigits } from './prediction-quality.ts';
import type { Training } from './train-risk-model.ts';

const nameWidth = 52;
const cellWidth = 9;

/** What a training found, for people: weights, quality on each set of accounts, predicted against observed. */
export function trainingText({ model, fittedCalibration }: Training): string {
  const { trainedOn, heldOut, compared, features, intercept } = model;
  const lines = [
    `${model.model} ${model.version}: ${trainedOn.label}`,
    `fitted to ${trainedOn.rows} accounts, ${trainedOn.snapshot}, seed ${trainedOn.seed}`,
    '',
    row('log-odds', ['mean', 'scale', 'weight']),
    row('average account', ['', '', figure(intercept)]),
    ...features.map(({ feature, mean, scale, weight }) => row(feature, [mean, scale, weight].map(figure))),
    '',
    row('quality', ['accounts', 'not cured', 'AUC', 'Brier', 'log loss']),
    ...[heldOut, ...compared].map(qualityRow),
    '',
    row('predicted against observed, tenths', ['accounts', 'predicted', 'observed']),
    ...heldOut.calibration.map((one, index) => calibrationRow(`held out, tenth ${index + 1}`, one)),
    ...fittedCalibration.map((one, index) => calibrationRow(`fitted to, tenth ${index + 1}`, one)),
    '',
    row('risk class, held out', ['accounts', 'predicted', 'observed']),
    ...riskClasses.map((name) => calibrationRow(name, heldOut.byClass[name])),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function qualityRow({ name, rows, notCured, auc, brier, logLoss }: Quality): string {
  return row(name, [String(rows), ...[notCured, auc, brier, logLoss].map(figure)]);
}

function calibrationRow(name: string, { rows, predicted, observed }: CalibrationRow): string {
  return row(name, [String(rows), figure(predicted), figure(observed)]);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(nameWidth) + cells.map((cell) => cell.padStart(cellWidth + 1)).join('');
}

function figure(value: number): string {
  return value.toFixed(qualityDigits);
}
