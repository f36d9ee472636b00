import { ExperimentSchema, type Experiment } from '#shared/contracts/experiment.ts';
import type { ArmCounts } from '#shared/contracts/experiment-count.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { compileExperiments, type CompiledExperiment } from '#shared/core/experiments/compile-experiments.ts';
import { cardStrategy } from './rules.ts';

/** A strategy that contacts later than `card` does. */
export const patientStrategy: Strategy = {
  ...cardStrategy,
  strategy: 'patient',
  stages: cardStrategy.stages.map((stage) => ({
    ...stage,
    steps: stage.steps.filter(({ id }) => id !== 'courtesy' && id !== 'first'),
  })),
};

/** Half of the people of `card` are contacted by `patient`, all through March 2026. */
export function experiment(changes: Partial<Experiment> = {}): Experiment {
  return ExperimentSchema.parse({
    experiment: 'patience',
    title: 'Whether waiting costs anything',
    from: '2026-03-01',
    to: '2026-03-31',
    champion: 'card',
    arms: [
      { arm: 'as-ever', share: 50, strategy: 'card' },
      { arm: 'later', share: 50, strategy: 'patient' },
    ],
    guardRails: { optOutRateMax: 0.02, complaintRateMax: 0.005, minimumPeople: 100 },
    sampleRatio: { pValueMin: 0.001 },
    ...changes,
  });
}

/** The experiment as decisions use it. */
export function compiled(changes: Partial<Experiment> = {}): CompiledExperiment {
  const [only] = compileExperiments([experiment(changes)], [cardStrategy, patientStrategy]);
  return only!;
}

/** People of an arm, none unless told. */
export function counts(changes: Partial<ArmCounts> = {}): ArmCounts {
  return { assigned: 0, overdue: 0, contacted: 0, optedOut: 0, complained: 0, cured: 0, ...changes };
}
