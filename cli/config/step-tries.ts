import type { Channel } from '#shared/contracts/primitives.ts';
import type { Step, Strategy } from '#shared/contracts/strategy.ts';

/** One try of a step as its file writes it: the channels of which one is used, the text, and where it stands. */
export interface StepTry {
  readonly channels: readonly Channel[];
  readonly template: string;
  readonly path: readonly PropertyKey[];
}

/** The tries of a step, its own and its fallbacks, in order. */
export function triesOf({ channel, template, fallback = [] }: Step): readonly StepTry[] {
  const further = Array.isArray(fallback)
    ? fallback.map((one, index) => ({ ...one, path: ['fallback', index] }))
    : [{ ...fallback, path: ['fallback'] }];
  const own: { readonly path: readonly PropertyKey[] } & Pick<Step, 'channel' | 'template'> = {
    channel,
    template,
    path: [],
  };
  return [own, ...further].map((one) => ({
    channels: typeof one.channel === 'string' ? [one.channel] : one.channel,
    template: one.template,
    path: one.path,
  }));
}

/** A text that a step names for a channel. */
export interface NamedTemplate {
  readonly step: Step;
  readonly name: string;
  readonly channel: Channel;
  readonly path: readonly PropertyKey[];
}

/** Every step of a strategy with its place in the file. */
export function stepsOf(strategy: Strategy) {
  return strategy.stages.flatMap((stage, stageIndex) =>
    stage.steps.map((step, stepIndex) => ({ stage, step, path: ['stages', stageIndex, 'steps', stepIndex] })),
  );
}

/** Every text that a strategy's steps name. */
export function namedTemplates(strategy: Strategy): NamedTemplate[] {
  return stepsOf(strategy).flatMap(({ step, path }) =>
    triesOf(step).flatMap((one) =>
      one.channels.map((channel) => ({
        step,
        name: one.template,
        channel,
        path: [...path, ...one.path, 'template'],
      })),
    ),
  );
}
