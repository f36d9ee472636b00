import type { Strategy } from '#shared/contracts/strategy.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import { stepsOf, triesOf } from './step-tries.ts';

/** What the strategies of a configuration show only together, or beyond their schema. */
export function checkStrategies(strategies: readonly Sourced<Strategy>[]): ConfigError[] {
  return [
    ...ambiguousStrategies(strategies),
    ...clashingVersions(strategies),
    ...strategies.flatMap(stepsOnOneDay),
    ...strategies.flatMap(channelsTwice),
  ];
}

/**
 * The order in which strategies are tried: by priority, then those with conditions or segments, then those that name
 * creditors, then those that name products, then the rest.
 */
export function narrowestFirst(strategies: readonly Strategy[]): Strategy[] {
  return [...strategies].sort(
    (a, b) =>
      priorityOf(b) - priorityOf(a) ||
      specificityOf(b) - specificityOf(a) ||
      (a.strategy < b.strategy ? -1 : 1),
  );
}

function priorityOf({ priority = 0 }: Strategy): number {
  return priority;
}

function specificityOf({ when, segments, creditors, products }: Strategy): number {
  const isConditional = when !== undefined || segments !== undefined;
  return (isConditional ? 4 : 0) + (creditors === undefined ? 0 : 2) + (products === undefined ? 0 : 1);
}

/**
 * The first strategy that matches an account is the one in force, so two of equal rank must not match the same account:
 * which of them wins would hang on a file's name.
 */
function ambiguousStrategies(strategies: readonly Sourced<Strategy>[]): ConfigError[] {
  const errors: ConfigError[] = [];
  const chosen = strategies.filter(({ value }) => value.challenger !== true);
  for (const [index, later] of chosen.entries()) {
    for (const earlier of chosen.slice(0, index)) {
      if (earlier.value.strategy === later.value.strategy || !overlap(earlier.value, later.value)) continue;
      errors.push(
        errorAt(later, ['strategy'], {
          problem: `matches the same accounts as "${earlier.value.strategy}"`,
          fix: 'narrow one of the two by `products`, `creditors` or `segments`, or give one a higher `priority`',
        }),
      );
    }
  }
  return errors;
}

function overlap(a: Strategy, b: Strategy): boolean {
  return (
    priorityOf(a) === priorityOf(b) &&
    specificityOf(a) === specificityOf(b) &&
    shares(a.creditors, b.creditors) &&
    shares(a.products, b.products) &&
    shares(a.segments, b.segments)
  );
}

function shares(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((id) => b.includes(id));
}

/** Of several versions of one strategy it has to be clear which is in force on a date, and which came before. */
function clashingVersions(strategies: readonly Sourced<Strategy>[]): ConfigError[] {
  return strategies.flatMap((source, index) => {
    const { strategy, version, effective, running } = source.value;
    const others = strategies.filter((one) => one !== source && one.value.strategy === strategy);
    const earlier = strategies.slice(0, index).filter((one) => one.value.strategy === strategy);
    const from = effective?.from ?? '';
    const errors: ConfigError[] = [];
    if (earlier.some(({ value }) => value.version === version)) {
      const fix = 'raise it: each version is a file of its own';
      errors.push(errorAt(source, ['version'], { problem: `is ${version}, as in another file`, fix }));
    }
    if (earlier.some(({ value }) => (value.effective?.from ?? '') === from)) {
      const problem = `is ${from === '' ? 'absent' : from}, as in another version of "${strategy}"`;
      const fix = 'say by `effective: { from: DATE }` from when this version is in force';
      errors.push(errorAt(source, ['effective', 'from'], { problem, fix }));
    }
    const hasEarlier = others.some(({ value }) => (value.effective?.from ?? '') < from);
    if (running === 'finish_stage' && !hasEarlier) {
      const problem = 'is "finish_stage", but there is no earlier version to finish by';
      const fix = `keep the earlier version in a file ${strategy}@VERSION.yaml, or write migrate`;
      errors.push(errorAt(source, ['running'], { problem, fix }));
    }
    return errors;
  });
}

/**
 * A step takes the place of the one before it as soon as its day begins, so of two steps on one day the first is never
 * made, unless the later one is only for some accounts.
 */
function stepsOnOneDay(source: Sourced<Strategy>): ConfigError[] {
  const errors: ConfigError[] = [];
  const taken = new Map<number, string>();
  for (const { stage, step, path } of stepsOf(source.value)) {
    const other = taken.get(step.daysPastDue);
    if (other !== undefined && step.when === undefined && stage.when === undefined) {
      const problem = `is day ${step.daysPastDue}, which step "${other}" has already`;
      const fix = 'give each step a day of its own, or say by `when` for whom the later one is';
      errors.push(errorAt(source, [...path, 'daysPastDue'], { problem, fix }));
    }
    taken.set(step.daysPastDue, step.id);
  }
  return errors;
}

/** A step tries each channel once: what became of a try is told by its channel. */
function channelsTwice(source: Sourced<Strategy>): ConfigError[] {
  return stepsOf(source.value).flatMap(({ step, path }) => {
    const seen = new Set<string>();
    return triesOf(step).flatMap((one) =>
      one.channels.flatMap((channel) => {
        if (!seen.has(channel)) {
          seen.add(channel);
          return [];
        }
        const problem = `names ${channel} a second time in step "${step.id}"`;
        const fix = 'try each channel once in a step, or make a further step';
        return [errorAt(source, [...path, ...one.path, 'channel'], { problem, fix })];
      }),
    );
  });
}
