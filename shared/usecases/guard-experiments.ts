import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { experimentStop } from '#shared/core/experiments/assign-arm.ts';
import type { CompiledExperiment } from '#shared/core/experiments/compile-experiments.ts';
import { brokenRailText, judgeExperiment } from '#shared/core/experiments/judge-experiment.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import { addDays, localDateAt } from '#shared/core/time/local-time.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';

/** Who put a stop in force that nobody asked for. */
const guardName = 'guard';
/** Days around an experiment during which it is watched: somewhere on earth it is yesterday or tomorrow already. */
const watchedDaysAround = 1;
/** Longest reason of a stop, in characters; a stop's contract takes no more. */
const whyLengthMax = 500;

export interface GuardParts {
  readonly counts: Pick<ExperimentCounts, 'count'>;
  readonly stops: Pick<StopStore, 'stop'>;
  readonly rules: RulesSource<Pick<DecisionRules, 'experiments' | 'stops'>>;
  readonly clock: Clock;
}

/** What became of an experiment that was looked at. */
export type GuardedExperiment =
  | {
      readonly kind: 'judged';
      readonly experiment: string;
      /** Why it was stopped just now; null: it goes on. */
      readonly stoppedBecause: string | null;
      readonly sampleRatioPValue: number | null;
      readonly isSampleRatioBroken: boolean;
    }
  | { readonly kind: 'failed'; readonly experiment: string; readonly cause: unknown };

/**
 * Looks at each experiment that runs, and stops the ones in which a challenger surely has more opt-outs or complaints than
 * its guard-rails allow: everybody in it is then contacted by the champion again, until somebody lifts the stop. Running it
 * twice changes nothing. One experiment that cannot be judged hinders no other.
 */
export async function guardExperiments(parts: GuardParts): Promise<readonly GuardedExperiment[]> {
  const { experiments, stops } = await parts.rules.current();
  const today = localDateAt('UTC', parts.clock.now());
  const watched = experiments.filter(
    ({ experiment, from, to }) =>
      addDays(from, -watchedDaysAround) <= today &&
      today <= addDays(to, watchedDaysAround) &&
      experimentStop(experiment, stops) === undefined,
  );
  const guarded: GuardedExperiment[] = [];
  for (const experiment of watched) guarded.push(await guard(experiment, parts));
  return guarded;
}

async function guard(compiled: CompiledExperiment, parts: GuardParts): Promise<GuardedExperiment> {
  const { experiment, arms } = compiled;
  try {
    const names = arms.map(({ arm }) => arm);
    const judged = judgeExperiment(compiled, await parts.counts.count(experiment, names));
    const { brokenRails, sampleRatioPValue, isSampleRatioBroken } = judged;
    const because = brokenRails.map(brokenRailText).join('; ').slice(0, whyLengthMax);
    const stoppedBecause = because === '' ? null : because;
    if (stoppedBecause !== null) await stop(experiment, stoppedBecause, parts);
    return { kind: 'judged', experiment, stoppedBecause, sampleRatioPValue, isSampleRatioBroken };
  } catch (cause) {
    return { kind: 'failed', experiment, cause };
  }
}

async function stop(experiment: string, why: string, { stops, clock }: GuardParts): Promise<void> {
  const scope = { kind: 'experiment', experiment } as const;
  const stopId = stopIdOf(scope);
  const outcome = await stops.stop({ stopId, scope, by: guardName, why, at: clock.now() });
  if (outcome.kind === 'too_many')
    throw new Error(`${why}; but so much is stopped already that no stop is taken: resume something`);
}
