import type { CountExclusion, CountingClass, Force } from '#shared/contracts/permission-words.ts';
import { classMark, exclusionMark, namesDebt, toDestination, type EventMarks } from '../counting-classes.ts';

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
