import type { Experiment } from '#shared/contracts/experiment.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';

/** What no experiment's own file can show: that its strategies exist, and that one champion has one experiment at a time. */
export function checkExperiments(
  experiments: readonly Sourced<Experiment>[],
  strategies: readonly Sourced<Strategy>[],
): ConfigError[] {
  return [
    ...unknownStrategies(experiments, strategies),
    ...championsNobodyHas(experiments, strategies),
    ...overlaps(experiments),
  ];
}

function unknownStrategies(
  experiments: readonly Sourced<Experiment>[],
  strategies: readonly Sourced<Strategy>[],
): ConfigError[] {
  const known = new Set(strategies.map(({ value }) => value.strategy));
  return experiments.flatMap((source) => {
    const { champion, arms } = source.value;
    const named = [
      { name: champion, path: ['champion'] },
      ...arms
        .map(({ strategy }, index) => ({ name: strategy, path: ['arms', index, 'strategy'] }))
        .filter(({ name }) => name !== champion),
    ];
    return named
      .filter(({ name }) => !known.has(name))
      .map(({ name, path }) =>
        errorAt(source, path, {
          problem: `is "${name}", which has no file in strategies/`,
          fix: `add strategies/${name}.yaml or use one of ${[...known].join(', ')}`,
        }),
      );
  });
}

/** A strategy that is never chosen by itself has no accounts that could take part. */
function championsNobodyHas(
  experiments: readonly Sourced<Experiment>[],
  strategies: readonly Sourced<Strategy>[],
): ConfigError[] {
  const challengers = new Set(
    strategies.filter(({ value }) => value.challenger === true).map(({ value }) => value.strategy),
  );
  return experiments
    .filter(({ value }) => challengers.has(value.champion))
    .map((source) =>
      errorAt(source, ['champion'], {
        problem: `is "${source.value.champion}", which is a challenger and never chosen by itself`,
        fix: 'name the strategy that is in force, or take `challenger` out of its file',
      }),
    );
}

/** In which of two experiments at a time an account would be is for nobody to guess. */
function overlaps(experiments: readonly Sourced<Experiment>[]): ConfigError[] {
  return experiments.flatMap((later, index) =>
    experiments
      .slice(0, index)
      .filter(
        ({ value }) =>
          value.champion === later.value.champion &&
          value.from <= later.value.to &&
          later.value.from <= value.to,
      )
      .map(({ value }) =>
        errorAt(later, ['from'], {
          problem: `lies within experiment "${value.experiment}" of the same champion (${value.from} to ${value.to})`,
          fix: 'let one begin after the other has ended',
        }),
      ),
  );
}
