import type { ArmCounts } from '#shared/contracts/experiment-count.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import type { CompiledExperiment } from '#shared/core/experiments/compile-experiments.ts';
import {
  countedArms,
  ofContacted,
  sampleRatioPValue,
  type CountedArm,
} from '#shared/core/experiments/judge-experiment.ts';
import {
  differenceInterval,
  shareOf,
  wilsonInterval,
  type Proportion,
} from '#shared/core/experiments/proportion.ts';
import { formatIsoInstant } from '#shared/kernel/iso-instant.ts';
import { toInstant } from '#shared/kernel/instant.ts';

/** A share of some people, and between what it lies in 95 of 100 cases. */
export interface Rate extends Proportion {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** A rate less the champion's, and between what the difference lies in 95 of 100 cases. */
export interface RateDifference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** What is told of an arm as rates: opt-outs and complaints of the people contacted, cures of all. */
export type RateName = 'optedOut' | 'complained' | 'cured';
export const rateNames: readonly RateName[] = ['optedOut', 'complained', 'cured'];

export interface ArmReport {
  readonly arm: string;
  /** Null: held out. */
  readonly strategy: string | null;
  readonly sharePercent: number;
  readonly people: number;
  readonly pastDue: number;
  readonly contacted: number;
  readonly rates: Readonly<Record<RateName, Rate>>;
  /** Null for the champion itself; without the rates of which either has nobody. */
  readonly toChampion: Readonly<Partial<Record<RateName, RateDifference>>> | null;
}

export interface ExperimentReport {
  readonly experiment: string;
  readonly title: string;
  readonly state: 'planned' | 'running' | 'stopped' | 'ended';
  readonly stop: { readonly by: string; readonly why: string; readonly at: string } | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly joinUntil: LocalDate;
  readonly champion: string;
  /** How likely chance alone deals people so unevenly; null while there are too few. */
  readonly sampleRatioPValue: number | null;
  readonly pValueMin: number;
  readonly arms: readonly ArmReport[];
}

/** An experiment's figures. They say how sure each number is, and nothing of which arm is better. */
export function experimentReport(
  compiled: CompiledExperiment,
  counts: readonly ArmCounts[],
  { stop, today }: { readonly stop: Stop | undefined; readonly today: LocalDate },
): ExperimentReport {
  const { experiment, title, from, to, joinUntil, champion, championArm, pValueMin } = compiled;
  const arms = countedArms(compiled, counts);
  const own = arms.find(({ dealt }) => dealt.arm === championArm);
  return {
    experiment,
    title,
    state: stateOf(compiled, stop, today),
    stop:
      stop === undefined ? null : { by: stop.by, why: stop.why, at: formatIsoInstant(toInstant(stop.at)) },
    from,
    to,
    joinUntil,
    champion,
    sampleRatioPValue: sampleRatioPValue(arms),
    pValueMin,
    arms: arms.map((arm) => armReport(arm, arm === own ? undefined : own)),
  };
}

function stateOf({ from, to }: CompiledExperiment, stop: Stop | undefined, today: LocalDate) {
  if (today > to) return 'ended';
  if (stop !== undefined) return 'stopped';
  return today < from ? 'planned' : 'running';
}

function armReport({ dealt, counts }: CountedArm, champion: CountedArm | undefined): ArmReport {
  const own = proportionsOf(counts);
  const { arm, strategy, share } = dealt;
  return {
    arm,
    strategy,
    sharePercent: share,
    people: counts.assigned,
    pastDue: counts.overdue,
    contacted: counts.contacted,
    rates: { optedOut: rateOf(own.optedOut), complained: rateOf(own.complained), cured: rateOf(own.cured) },
    toChampion: champion === undefined ? null : differences(own, proportionsOf(champion.counts)),
  };
}

type Proportions = Readonly<Record<RateName, Proportion>>;

function proportionsOf(counts: ArmCounts): Proportions {
  return {
    optedOut: ofContacted(counts, 'optedOut'),
    complained: ofContacted(counts, 'complained'),
    cured: { count: counts.cured, of: counts.assigned },
  };
}

function rateOf(seen: Proportion): Rate {
  return { ...seen, rate: shareOf(seen), ...wilsonInterval(seen) };
}

function differences(own: Proportions, others: Proportions): NonNullable<ArmReport['toChampion']> {
  const compared = rateNames
    .filter((name) => own[name].of > 0 && others[name].of > 0)
    .map((name): [RateName, RateDifference] => {
      const [one, other] = [own[name], others[name]];
      return [name, { difference: shareOf(one) - shareOf(other), ...differenceInterval(one, other) }];
    });
  return Object.fromEntries(compared);
}
