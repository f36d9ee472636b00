import { guardMetrics } from '#shared/contracts/metric-names.ts';
import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import {
  guardExperiments,
  type GuardParts,
  type GuardedExperiment,
} from '#shared/usecases/guard-experiments.ts';

/**
 * Each quarter of an hour: judges the experiments that run. What an operator has to know is logged and counted; alarms hang
 * on the counts.
 *
 * @throws Error when an experiment could not be judged, after all others were.
 */
export function createHandler({ telemetry, ...parts }: GuardParts & { readonly telemetry: Telemetry }) {
  return async (): Promise<void> => {
    const guarded = await guardExperiments(parts);
    telemetry.count('experiments_guarded', guarded.length);
    for (const one of guarded) tell(one, telemetry);
    const failed = guarded.filter(({ kind }) => kind === 'failed').map(({ experiment }) => experiment);
    if (failed.length > 0) throw new Error(`experiments that nobody guards: ${failed.join(', ')}`);
  };
}

function tell(guarded: GuardedExperiment, telemetry: Telemetry): void {
  const { experiment } = guarded;
  if (guarded.kind === 'failed') {
    telemetry.error('experiment_unguarded', guarded.cause, { experiment });
    return;
  }
  const { stoppedBecause, isSampleRatioBroken, sampleRatioPValue } = guarded;
  if (stoppedBecause !== null) {
    telemetry.error(guardMetrics.stopped, stoppedBecause, { experiment });
    telemetry.count(guardMetrics.stopped);
  }
  if (isSampleRatioBroken) {
    telemetry.error(guardMetrics.sampleRatioBroken, `p = ${String(sampleRatioPValue)}`, { experiment });
    telemetry.count(guardMetrics.sampleRatioBroken);
  }
}
