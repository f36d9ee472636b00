import type { Channel } from '#shared/contracts/primitives.ts';
import type { Step, Strategy } from '#shared/contracts/strategy.ts';

/** A template that a step of a strategy names, and where in the file. */
export interface NamedTemplate {
  readonly name: string;
  readonly channel: Channel;
  readonly step: Step;
  readonly path: readonly PropertyKey[];
}

/** Every template that a strategy names, for its steps and their fallbacks. */
export function namedTemplates(strategy: Strategy): NamedTemplate[] {
  return strategy.stages.flatMap((stage, stageIndex) =>
    stage.steps.flatMap((step, stepIndex) => {
      const path = ['stages', stageIndex, 'steps', stepIndex];
      const own = { name: step.template, channel: step.channel, step, path: [...path, 'template'] };
      if (step.fallback === undefined) return [own];
      const { template, channel } = step.fallback;
      return [own, { name: template, channel, step, path: [...path, 'fallback', 'template'] }];
    }),
  );
}
