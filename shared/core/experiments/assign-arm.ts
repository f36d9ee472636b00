import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import { fnv1a64, fractionOf } from '#shared/core/identity/fnv1a64.ts';
import { addDays } from '#shared/core/time/local-time.ts';
import { bucketsCount, type CompiledExperiment } from './compile-experiments.ts';

/** The arm of an experiment that somebody is in. */
export interface AssignedArm {
  readonly experiment: string;
  readonly arm: string;
  /** Name of the strategy in force for them; null: held out, no automated contact at all. */
  readonly strategy: string | null;
}

/** What decides of an account whether it takes part: whose it is, and its present ageing. */
export type AgeingAccount = Pick<Account, 'debtorId' | 'dueDate' | 'pastDue' | 'minimumDue'>;

/**
 * The arm that an account is in; null when it takes no part (any more) and the champion is in force. `today` is the date
 * where the person lives.
 *
 * The arm hangs on the person alone, so all their accounts share it. An account takes part when everything that any arm
 * would do about its present ageing lies within the experiment: its due date is no later than `joinUntil`, and the earliest
 * step of any arm falls on `from` or later. So nobody changes strategy in the middle because an experiment begins, and an
 * arm may be known before `from` although nothing that it changes happens before. After `to` it is over for everybody.
 *
 * @example armFor(account, experiment, '2026-12-05') // { experiment: 'softer', arm: 'soft', strategy: 'early-card-soft' }
 */
export function armFor(
  account: AgeingAccount,
  experiment: CompiledExperiment,
  today: LocalDate,
): AssignedArm | null {
  if (today > experiment.to || !takesPart(account, experiment)) return null;
  return armOf(account.debtorId, experiment);
}

/**
 * The arm that an account of a strategy is in by the experiments in force; null: the strategy itself is in force. A stop of
 * the experiment sends everybody back to the champion.
 *
 * @param champion name of the strategy, without version, that is meant for the account when there is no experiment
 */
export function assignedArm(
  account: AgeingAccount,
  champion: string,
  {
    experiments,
    stops,
    today,
  }: {
    readonly experiments: readonly CompiledExperiment[];
    readonly stops: readonly Stop[];
    readonly today: LocalDate;
  },
): AssignedArm | null {
  for (const experiment of experiments) {
    if (experiment.champion !== champion || isStopped(experiment.experiment, stops)) continue;
    const arm = armFor(account, experiment, today);
    if (arm !== null) return arm;
  }
  return null;
}

/** The stop that ended an experiment; undefined when none did. */
export function experimentStop(experiment: string, stops: readonly Stop[]): Stop | undefined {
  return stops.find(({ scope }) => scope.kind === 'experiment' && scope.experiment === experiment);
}

function isStopped(experiment: string, stops: readonly Stop[]): boolean {
  return stops.length > 0 && experimentStop(experiment, stops) !== undefined;
}

function takesPart({ dueDate, pastDue, minimumDue }: AgeingAccount, experiment: CompiledExperiment): boolean {
  const { from, joinUntil, firstDay } = experiment;
  const begins = firstDay < 0 ? addDays(dueDate, firstDay) : dueDate;
  if (begins < from || dueDate > joinUntil) return false;
  // Where no arm speaks before anything is past due, those who never are past due are nobody to compare.
  return pastDue > 0 || (firstDay <= 0 && minimumDue > 0);
}

/**
 * The arm that a person is dealt to, the same always. Hashed twice: one pass leaves ids that differ in their last letter
 * close together, so that a feed's neighbours would share an arm, and two experiments would deal alike.
 */
function armOf(debtorId: string, experiment: CompiledExperiment): AssignedArm {
  const bucket = Math.floor(fractionOf(fnv1a64(`${experiment.salt}\u0000${debtorId}`)) * bucketsCount);
  const dealt = experiment.arms.find(({ first, end }) => first <= bucket && bucket < end);
  if (dealt === undefined)
    throw new Error(`${experiment.experiment} has no arm for bucket ${bucket}: its shares are not 100 %`);
  return { experiment: experiment.experiment, arm: dealt.arm, strategy: dealt.strategy };
}
