import type { ArmCounts, ExperimentMark } from '#shared/contracts/experiment-count.ts';

/** How many people of each arm of an experiment something happened to. */
export interface ExperimentCounts {
  /** Keeps marks. Keeping one again changes nothing, whoever does it and however often. */
  record(marks: readonly ExperimentMark[]): Promise<void>;

  /** The people of each named arm, in the order of the names. What was recorded a moment ago may be missing. */
  count(experiment: string, arms: readonly string[]): Promise<readonly ArmCounts[]>;
}
