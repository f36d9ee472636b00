import type { Step, Strategy } from '#shared/contracts/strategy.ts';
import { wallMinutes } from '#shared/core/time/local-time.ts';
import type { ConfigRisk } from './config-risk.ts';
import { saysTheSame } from './plain-value.ts';
import type { StrategyPair } from './strategy-changes.ts';

/** What is risky about changed strategies: for those who read decisions later, and for accounts that are on their way. */
export function strategyRisks(pairs: readonly StrategyPair[]): ConfigRisk[] {
  return pairs.flatMap(({ before, after, relation }) => {
    if (before === null) return [];
    const risk = (words: string): ConfigRisk => ({ kind: 'strategy', name: before.strategy, words });
    if (after === null)
      return [
        risk(
          `version ${before.version} is removed: accounts on it come under another version or strategy, or go to people`,
        ),
      ];
    const isSilent = relation === 'same' && !saysTheSame(before, after);
    return [
      ...(isSilent
        ? [risk('is changed without a new version: decisions before and after it cannot be told apart')]
        : []),
      ...scopeRisks(before, after).map(risk),
      ...sparingRisks(before, after).map(risk),
      ...goneSteps(before, after).map(risk),
      ...(isWider(before, after)
        ? [
            risk(
              `preferred hours are widened: ${hoursOf(before)} → ${hoursOf(after)}; the rules still bound them`,
            ),
          ]
        : []),
    ];
  });
}

/** Fields that say which accounts a strategy is for. Dates are not among them: a new version has others. */
const scopeFields = ['products', 'creditors', 'segments', 'when', 'priority', 'challenger'] as const;

function scopeRisks(before: Strategy, after: Strategy): string[] {
  const changed = scopeFields.filter((field) => !saysTheSame(before[field], after[field]));
  if (changed.length === 0) return [];
  return [`is for other accounts now (${changed.join(', ')}): they come under it or leave it`];
}

/** What a strategy spares people: less of it means more contacts. */
function sparingRisks(before: Strategy, after: Strategy): string[] {
  const stops = (after.stopWhen ?? []).map(({ id }) => id);
  const gone = (before.stopWhen ?? []).filter(({ id }) => !stops.includes(id));
  const changed = (before.stopWhen ?? []).filter(({ id, when }) =>
    (after.stopWhen ?? []).some((next) => next.id === id && !saysTheSame(next.when, when)),
  );
  return [
    ...gone.map(({ id }) => `stop condition ${id} is gone: where it held, contacts go on`),
    ...changed.map(
      ({ id }) => `stop condition ${id} is another one: where only the old one held, contacts go on`,
    ),
    ...lowered(before.gaps, after.gaps).map((gap) => `least time between contacts is lowered: gaps.${gap}`),
    ...lowered(before.smallBalances, after.smallBalances).map(
      (currency) => `small balances are contacted now that were left alone: ${currency}`,
    ),
  ];
}

type Amounts = Readonly<Record<string, number | undefined>> | undefined;

/** Each amount that is less than before, or gone. */
function lowered(before: Amounts, after: Amounts): string[] {
  return Object.entries(before ?? {}).flatMap(([name, old = 0]) => {
    const next = after?.[name];
    if (next !== undefined && next >= old) return [];
    return old === 0 ? [] : [`${name} ${old} → ${next ?? 'nothing'}`];
  });
}

/** Steps count as done by their names: under another name a step is done again. */
function goneSteps(before: Strategy, after: Strategy): string[] {
  const olds = allSteps(before);
  const news = allSteps(after);
  const gone = olds.filter(({ id }) => !news.some((step) => step.id === id));
  const come = news.filter(({ id }) => !olds.some((step) => step.id === id));
  return gone.map((step) => {
    const renamed = come.find((other) => isAlike(step, other));
    return renamed === undefined
      ? `step ${step.id} is removed: accounts that wait for it or for its fallback do not get it any more`
      : `step ${step.id} seems to be called ${renamed.id} now: running accounts that had it may get it again`;
  });
}

function isAlike(a: Step, b: Step): boolean {
  return a.daysPastDue === b.daysPastDue || (saysTheSame(a.channel, b.channel) && a.template === b.template);
}

function allSteps({ stages }: Strategy): readonly Step[] {
  return stages.flatMap(({ steps }) => steps);
}

function isWider({ preferred: before }: Strategy, { preferred: after }: Strategy): boolean {
  return wallMinutes(after.from) < wallMinutes(before.from) || wallMinutes(after.to) > wallMinutes(before.to);
}

function hoursOf({ preferred: { from, to } }: Strategy): string {
  return `${from}-${to}`;
}
