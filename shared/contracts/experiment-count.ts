import type { LocalDate } from './primitives.ts';

/**
 * What is counted of an experiment's people, each person at most once in an event.
 *
 * - `assigned`: an account of theirs took part. `overdue`: while it was past due.
 * - `contacted`: something may have been sent to them in their arm.
 * - `optedOut`, `complained`: they did so after that contact and before the experiment was over.
 * - `cured`: an account that was past due while it took part came to owe nothing past due.
 */
export const experimentEvents = [
  'assigned',
  'overdue',
  'contacted',
  'optedOut',
  'complained',
  'cured',
] as const;
export type ExperimentEvent = (typeof experimentEvents)[number];

/** That something happened to a person in an arm. The same mark twice is one mark. */
export interface ExperimentMark {
  readonly experiment: string;
  readonly arm: string;
  readonly event: ExperimentEvent;
  readonly debtorId: string;
  /** Last day of the experiment: marks are kept for some time after it. */
  readonly to: LocalDate;
}

/** People of one arm, by what happened to them. */
export type ArmCounts = Readonly<Record<ExperimentEvent, number>>;
