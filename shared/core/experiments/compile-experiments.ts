import type { Experiment } from '#shared/contracts/experiment.ts';
import { holdOutArm, sharesSum } from '#shared/contracts/experiment-shares.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';

/** People are dealt into so many buckets, and arms own ranges of them. */
export const bucketsCount = 10_000;
const bucketsPerShare = bucketsCount / sharesSum;

/** An arm as people are dealt to it: the buckets from `first` on and before `end`. */
export interface DealtArm {
  readonly arm: string;
  readonly share: number;
  /** Null: no automated contact at all. */
  readonly strategy: string | null;
  readonly first: number;
  readonly end: number;
}

/** An experiment in the form that decisions use. */
export interface CompiledExperiment {
  readonly experiment: string;
  readonly title: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly joinUntil: LocalDate;
  readonly champion: string;
  /** Name of the champion's own arm. */
  readonly championArm: string;
  readonly salt: string;
  /** The champion's arm first, then the challengers in the order of the file, then the hold-out. */
  readonly arms: readonly DealtArm[];
  /** The earliest day past due on which any arm, or the champion, contacts somebody; negative before the due date. */
  readonly firstDay: number;
  readonly guardRails: Experiment['guardRails'];
  readonly pValueMin: number;
}

/** Compiles experiments that have already been checked against their strategies (of which there may be several versions). */
export function compileExperiments(
  experiments: readonly Experiment[],
  strategies: readonly Strategy[],
): readonly CompiledExperiment[] {
  return experiments.map((experiment) => {
    const { from, to, champion, arms, guardRails } = experiment;
    const own = new Set(arms.map(({ strategy }) => strategy));
    return {
      experiment: experiment.experiment,
      title: experiment.title,
      from,
      to,
      joinUntil: experiment.joinUntil ?? to,
      champion,
      championArm: arms.find(({ strategy }) => strategy === champion)?.arm ?? champion,
      salt: experiment.salt ?? experiment.experiment,
      arms: dealtArms(experiment),
      firstDay: firstDayOf(strategies.filter(({ strategy }) => own.has(strategy))),
      guardRails,
      pValueMin: experiment.sampleRatio.pValueMin,
    };
  });
}

/**
 *     0                                                       10,000
 *     ├─ challenger 1 ─┼─ challenger 2 ─┤ ── champion ── ├─ hold-out ─┤
 *                                       └▶ a new one   ◀┘
 *
 * The champion has what the others leave, so a challenger that is added or grows at the end, and a hold-out that grows, take
 * people from the champion alone.
 */
function dealtArms({ arms, champion, holdOut }: Experiment): readonly DealtArm[] {
  const challengers: DealtArm[] = [];
  let next = 0;
  for (const { arm, share, strategy } of arms) {
    if (strategy === champion) continue;
    const end = next + share * bucketsPerShare;
    challengers.push({ arm, share, strategy, first: next, end });
    next = end;
  }
  const heldShare = holdOut?.share ?? 0;
  const heldFrom = bucketsCount - heldShare * bucketsPerShare;
  const own = arms.filter(({ strategy }) => strategy === champion);
  return [
    ...own.map((arm) => ({ ...arm, first: next, end: heldFrom })),
    ...challengers,
    ...(heldShare === 0
      ? []
      : [{ arm: holdOutArm, share: heldShare, strategy: null, first: heldFrom, end: bucketsCount }]),
  ];
}

function firstDayOf(strategies: readonly Strategy[]): number {
  const days = strategies.flatMap(({ stages }) =>
    stages.flatMap(({ steps }) => steps.map(({ daysPastDue }) => daysPastDue)),
  );
  return days.length === 0 ? 0 : Math.min(...days);
}
