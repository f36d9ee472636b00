import type { CountExclusion, CountingClass, Force } from '#shared/contracts/permission-words.ts';
import type { Zone } from '#shared/core/time/zone.ts';
import { classMark, exclusionMark, namesDebt, toDestination, type EventMarks } from '../counting-classes.ts';
import { isLifted, type Judging } from '../judging.ts';

/** Which events of the history a cap or cooldown looks at. */
export type EventCount = {
  readonly wanted: EventMarks;
  readonly unwanted: EventMarks;
  /** Whether a recent consent lifts the rule. */
  readonly liftable: boolean;
};

type CountingRule = {
  readonly force: Force;
  readonly scope?: readonly ('debtor' | 'debt' | 'number')[] | undefined;
  readonly exclude?: readonly CountExclusion[] | undefined;
};

export function eventCount(rule: CountingRule, counted: CountingClass): EventCount {
  let wanted = classMark(counted);
  if (rule.scope?.includes('debt') === true) wanted |= namesDebt;
  if (rule.scope?.includes('number') === true) wanted |= toDestination;
  const exclude = rule.exclude ?? [];
  return {
    wanted,
    unwanted: exclude.reduce((marks, exclusion) => marks | exclusionMark(exclusion), 0),
    liftable: rule.force === 'presumption' && exclude.includes('consented'),
  };
}

export function isCounted(count: EventCount, marks: EventMarks): boolean {
  return (marks & count.wanted) === count.wanted && (marks & count.unwanted) === 0;
}

/**
 * Whether at least `least` events count, of those whose time is `from` or later. Times are instants or local dates, one
 * for each event of the history.
 */
export function countReaches(
  count: EventCount,
  marks: readonly EventMarks[],
  least: number,
  window: { readonly times: readonly number[]; readonly from: number },
): boolean {
  let missing = least;
  for (let index = 0; index < marks.length && missing > 0; index += 1) {
    if (isCounted(count, marks[index] ?? 0) && (window.times[index] ?? 0) >= window.from) missing -= 1;
  }
  return missing <= 0;
}

/** Whether a recent consent lifts the rule in a zone at an instant. */
export function isLiftedIn(count: EventCount, judging: Judging, zone: Zone, at: number): boolean {
  return count.liftable && isLifted(judging.consent.lifting, zone, at);
}
