import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';

/** What a configuration knows by name and a stop may name. */
export interface StoppableNames {
  readonly creditor: readonly string[];
  readonly strategy: readonly string[];
  readonly experiment: readonly string[];
}

/** The names of a configuration, in its order; a strategy of several versions is named once. */
export function stoppableNames({ creditors, strategies, experiments }: DecisionRules): StoppableNames {
  return {
    creditor: [...creditors.keys()],
    strategy: strategies.map(({ name }) => name),
    experiment: experiments.map(({ experiment }) => experiment),
  };
}
