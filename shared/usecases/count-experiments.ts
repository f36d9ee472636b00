import type { Account } from '#shared/contracts/account.ts';
import type { Person } from '#shared/contracts/person.ts';
import { factScope } from '#shared/core/conditions/fact-scope.ts';
import { chooseStrategy } from '#shared/core/decision/choose-strategy.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { viewOf } from '#shared/core/decision/person-view.ts';
import { experimentMarks } from '#shared/core/experiments/experiment-marks.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { ExperimentCounts } from '#shared/ports/experiment-counts.ts';

/** A person at an instant, and the rules by which they were decided about. */
export interface LookedAt {
  readonly person: Person;
  readonly rules: DecisionRules;
  readonly now: Instant;
}

/**
 * Counts what has happened to a person in their experiments. Without experiments it costs nothing; doing it again changes
 * nothing.
 *
 * @param cured accounts as they were before the change that brought each of them back to nothing past due
 */
export async function countExperiments(
  { person, rules, now }: LookedAt,
  cured: readonly Account[],
  counts: ExperimentCounts,
): Promise<void> {
  const { experiments } = rules;
  const view = experiments.length === 0 ? null : viewOf(person, rules, now);
  if (view === null) return;
  const armOf = (account: Account) => chooseStrategy(factScope(account, view))?.arm ?? null;
  const marks = experimentMarks({ person, cured, experiments, now, zone: view.homeZone ?? 'UTC', armOf });
  if (marks.length > 0) await counts.record(marks);
}
