import { percent } from '#shared/core/experiments/judge-experiment.ts';
import {
  rateNames,
  type ArmReport,
  type ExperimentReport,
  type Rate,
  type RateDifference,
  type RateName,
} from './experiment-report.ts';

const columns = ['arm', 'share', 'people', 'past due', 'contacted', 'opted out', 'complained', 'cured'];
const rateTitles: Readonly<Record<RateName, string>> = {
  optedOut: 'opted out',
  complained: 'complained',
  cured: 'cured',
};

/** Experiments for people to read: one table of arms each, and what every figure is a share of. */
export function experimentsText(reports: readonly ExperimentReport[]): string {
  if (reports.length === 0) return 'The configuration has no experiment: see docs/experiments.md.\n';
  const legend =
    'Opted out and complained are shares of the people contacted, cured of all people of the arm. In brackets: between\n' +
    'what the true share, or difference, lies in 95 of 100 cases.\n';
  return `${reports.map(experimentText).join('\n')}\n${legend}`;
}

function experimentText(report: ExperimentReport): string {
  const { experiment, title, state, from, to, joinUntil, champion, arms } = report;
  const joining = joinUntil === to ? '' : `, joining until ${joinUntil}`;
  const rows = [columns, ...arms.map(cellsOf)];
  return [
    `${experiment}: ${title}`,
    `  ${state}; ${from} to ${to}${joining}; champion ${champion}`,
    ...stopLines(report),
    ...table(rows).map((line) => `  ${line}`),
    ...arms.flatMap((arm) => differenceLines(arm)),
    `  ${sampleRatioLine(report)}`,
    '',
  ].join('\n');
}

function stopLines({ stop }: ExperimentReport): string[] {
  return stop === null ? [] : [`  stopped by ${stop.by} at ${stop.at}: ${stop.why}`];
}

function cellsOf({ arm, sharePercent, people, pastDue, contacted, rates }: ArmReport): string[] {
  const numbers = [people, pastDue, contacted].map(String);
  return [arm, `${sharePercent} %`, ...numbers, ...rateNames.map((name) => rateText(rates[name]))];
}

function rateText({ count, of, rate, low, high }: Rate): string {
  return of === 0 ? '-' : `${count}  ${percent(rate)} (${number(low)} to ${number(high)})`;
}

function differenceLines({ arm, toChampion }: ArmReport): string[] {
  if (toChampion === null) return [];
  const told = rateNames.flatMap((name) => {
    const difference = toChampion[name];
    return difference === undefined ? [] : [`${rateTitles[name]} ${differenceText(difference)}`];
  });
  return told.length === 0 ? [] : [`  ${arm} less the champion: ${told.join('; ')}`];
}

function differenceText({ difference, low, high }: RateDifference): string {
  return `${number(difference)} points (${number(low)} to ${number(high)})`;
}

function sampleRatioLine({ sampleRatioPValue: value, pValueMin }: ExperimentReport): string {
  if (value === null) return 'sample ratio: too few people to tell';
  const shown = value < 1e-4 ? value.toExponential(1) : value.toFixed(4);
  return `sample ratio: p = ${shown} (an alarm below ${pValueMin})`;
}

/** A share in percent, without its sign. */
function number(share: number): string {
  return (share * 100).toFixed(2);
}

/** Columns as wide as their widest cell; numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
