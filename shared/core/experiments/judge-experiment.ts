import type { ArmCounts } from '#shared/contracts/experiment-count.ts';
import { binomialTail } from './binomial.ts';
import { chiSquareTail } from './chi-square.ts';
import type { CompiledExperiment, DealtArm } from './compile-experiments.ts';
import { differenceInterval, shareOf, z99OneSided, type Proportion } from './proportion.ts';

/** How unlikely chance alone must make what is seen before it counts as proof. */
const chanceMax = 0.01;
/** Fewest people that the shares must let expect in each arm before chi-square says anything. */
const expectedPeopleMin = 5;

/** An arm and its people; `counts` stand in the order of the experiment's arms. */
export interface CountedArm {
  readonly dealt: DealtArm;
  readonly counts: ArmCounts;
}

/** A guard-rail that an arm has surely broken. */
export interface BrokenRail {
  readonly arm: string;
  readonly event: 'optedOut' | 'complained';
  readonly seen: Proportion;
  /** The rate that is surely exceeded: the configured one, or the champion's as it was counted. */
  readonly than:
    | { readonly kind: 'max'; readonly rate: number }
    | { readonly kind: 'champion'; readonly seen: Proportion };
}

export interface ExperimentJudgement {
  readonly brokenRails: readonly BrokenRail[];
  /** How likely chance alone deals people at least this unevenly; null while there are too few. */
  readonly sampleRatioPValue: number | null;
  readonly isSampleRatioBroken: boolean;
}

/**
 * Whether an experiment may go on.
 *
 * A rail breaks when a challenger has contacted at least `minimumPeople`, and a true rate right at the limit would bring as
 * many opt-outs or complaints less than once in a hundred times, by the exact binomial: few people by chance stop nothing.
 * The guard looks again and again, so a rate right at its limit is stopped more often than that in the end; it errs toward
 * contacting fewer people. The champion's own rates stop nothing: it would go on all the same.
 */
export function judgeExperiment(
  experiment: CompiledExperiment,
  counts: readonly ArmCounts[],
): ExperimentJudgement {
  const arms = countedArms(experiment, counts);
  const pValue = sampleRatioPValue(arms);
  return {
    brokenRails: brokenRails(experiment, arms),
    sampleRatioPValue: pValue,
    isSampleRatioBroken: pValue !== null && pValue < experiment.pValueMin,
  };
}

/** Each arm with its people. */
export function countedArms(
  { experiment, arms }: Pick<CompiledExperiment, 'experiment' | 'arms'>,
  counts: readonly ArmCounts[],
): readonly CountedArm[] {
  return arms.map((dealt, index) => {
    const own = counts[index];
    if (own === undefined) throw new Error(`no counts of arm ${dealt.arm} of ${experiment} were given`);
    return { dealt, counts: own };
  });
}

/**
 * How likely people are dealt at least as unevenly as they are when everything is right. A tiny value means that somebody
 * is lost or counted twice in some arm, and that its rates cannot be trusted.
 */
export function sampleRatioPValue(arms: readonly CountedArm[]): number | null {
  const people = arms.reduce((sum, { counts }) => sum + counts.assigned, 0);
  const shares = arms.reduce((sum, { dealt }) => sum + dealt.share, 0);
  let statistic = 0;
  for (const { dealt, counts } of arms) {
    const expected = (people * dealt.share) / shares;
    if (expected < expectedPeopleMin) return null;
    statistic += (counts.assigned - expected) ** 2 / expected;
  }
  return chiSquareTail(statistic, arms.length - 1);
}

function brokenRails(experiment: CompiledExperiment, arms: readonly CountedArm[]): readonly BrokenRail[] {
  const { guardRails, championArm } = experiment;
  const champion = arms.find(({ dealt }) => dealt.arm === championArm);
  const challengers = arms.filter(
    ({ dealt, counts }) =>
      dealt.strategy !== null && dealt.arm !== championArm && counts.contacted >= guardRails.minimumPeople,
  );
  const rails = [
    { event: 'optedOut', max: guardRails.optOutRateMax },
    { event: 'complained', max: guardRails.complaintRateMax },
  ] as const;
  return challengers.flatMap(({ dealt: { arm }, counts }) =>
    rails.flatMap(({ event, max }): readonly BrokenRail[] => {
      const seen = ofContacted(counts, event);
      if (binomialTail(seen, max) < chanceMax)
        return [{ arm, event, seen, than: { kind: 'max', rate: max } }];
      if (guardRails.compareWithChampion !== true || champion === undefined) return [];
      const own = ofContacted(champion.counts, event);
      const isSurelyAbove =
        own.of >= guardRails.minimumPeople && differenceInterval(seen, own, z99OneSided).low > 0;
      return isSurelyAbove ? [{ arm, event, seen, than: { kind: 'champion', seen: own } }] : [];
    }),
  );
}

/** Share of the contacted people of an arm to whom something happened. */
export function ofContacted(counts: ArmCounts, event: BrokenRail['event']): Proportion {
  return { count: counts[event], of: counts.contacted };
}

const words = { optedOut: 'opted out', complained: 'complained' } as const;

/** A broken rail in words, with its figures: the reason of the stop. */
export function brokenRailText({ arm, event, seen, than }: BrokenRail): string {
  const found = `arm ${arm}: ${seen.count} of ${seen.of} people contacted ${words[event]} (${percent(shareOf(seen))})`;
  if (than.kind === 'champion') {
    const { count, of } = than.seen;
    return `${found}, more than the champion's ${count} of ${of} (${percent(shareOf(than.seen))}) beyond chance`;
  }
  const chance = binomialTail(seen, than.rate).toPrecision(1);
  return `${found}; the most allowed is ${percent(than.rate)}, which brings so many with a chance of ${chance}`;
}

/** A share as people read it: `2.35 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
