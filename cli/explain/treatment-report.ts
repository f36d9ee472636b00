import type { TestedFact } from '#shared/core/conditions/tested-facts.ts';
import type { Risk } from '#shared/core/risk/risk-of.ts';
import type { SegmentFinding } from '#shared/core/segments/segment-of.ts';
import type { AccountExplanation } from '#shared/usecases/explain-account.ts';

export type TreatmentReport = ReturnType<typeof treatmentReport>;

/** Facts that are amounts of money: a report does without them. */
const amounts: ReadonlySet<string> = new Set(['balance', 'pastDue', 'minimumDue']);
const notShown = 'an amount, not shown';
const digits = 3;

/** What kind of debtor an account is taken for, by which facts, and what orders it among the cases of people. */
export function treatmentReport({ segment, risk, priority }: AccountExplanation) {
  return {
    segment: segment === null ? null : segmentReport(segment),
    risk: risk === null ? null : riskReport(risk),
    priority,
  };
}

function segmentReport({ segment, title, why, features }: SegmentFinding) {
  const shown = features.map(({ fact, value }) => ({ fact, value: amounts.has(fact) ? notShown : value }));
  return { segment, title, why, features: shown };
}

function riskReport({ source, probability, recovery, class: riskClass, contributions }: Risk) {
  return {
    source,
    class: riskClass,
    probability: rounded(probability),
    recovery: rounded(recovery),
    contributions: contributions.map(({ feature, value, contribution }) => ({
      feature,
      value: value === null ? null : rounded(value),
      contribution: rounded(contribution),
    })),
  };
}

/** The same for people to read. */
export function treatmentLines({ segment, risk, priority }: TreatmentReport): string[] {
  return [
    ...(segment === null ? ['segment   nothing is known of the person'] : segmentLines(segment)),
    ...(risk === null ? ['risk      neither the feed nor a model tells it'] : riskLines(risk)),
    ...(priority === null ? [] : [`priority  ${priority} if it goes to people; higher comes first`]),
  ];
}

const indent = ' '.repeat('priority  '.length);

function segmentLines({ segment, title, why, features }: NonNullable<TreatmentReport['segment']>): string[] {
  const facts = features.map(({ fact, value }) => `${fact} ${valueText(value)}`);
  return [
    `segment   ${segment} (${title.en}, ${title.zh}): ${why}`,
    ...(facts.length === 0 ? [] : [`${indent}by ${facts.join(', ')}`]),
  ];
}

function valueText(value: TestedFact['value']): string {
  if (value === null) return 'unknown';
  if (typeof value !== 'object') return String(value);
  return value.length === 0 ? 'none' : value.join(' ');
}

const sources = { model: 'the model', feed: "the feed's own score" } as const;

function riskLines({
  source,
  class: riskClass,
  probability,
  recovery,
  contributions,
}: NonNullable<TreatmentReport['risk']>): string[] {
  const parts = contributions.map(
    ({ feature, value, contribution }) =>
      `${feature} ${value ?? 'unknown'} (${contribution > 0 ? '+' : ''}${contribution})`,
  );
  return [
    `risk      ${riskClass} by ${sources[source]}: does not cure within a month with ${probability}, recovery ${recovery}`,
    ...(parts.length === 0 ? [] : [`${indent}log-odds against the average account: ${parts.join(', ')}`]),
  ];
}

function rounded(value: number): number {
  return Number(value.toFixed(digits));
}
