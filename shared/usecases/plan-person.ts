import { decide } from '#shared/core/decision/decide.ts';
import type { Decision } from '#shared/core/decision/decision.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { applyDecision } from './apply-decision.ts';
import type { LookedAt } from './count-experiments.ts';

/** How often facts are loaded afresh when somebody else changes the person meanwhile. */
const conflictsMax = 8;

export interface PlanParts {
  readonly store: DebtorStore;
  readonly clock: Clock;
  readonly rules: RulesSource;
  /** Is told of whoever was looked at, once what was decided is stored. */
  readonly looked?: (looked: LookedAt) => Promise<void>;
}

/** What was decided about a person, or that nothing is known of them. */
export type PlanOutcome = Decision['kind'] | 'nobody';

/**
 * Something about a person changed, or their time has come: load the facts, decide, store what follows. Duplicate, late and
 * reordered calls are harmless because nothing but the present facts counts.
 *
 * @throws Error when the person keeps changing; the caller's queue then delivers the wake-up again.
 */
export async function planPerson(
  debtorId: string,
  { store, clock, ...parts }: PlanParts,
): Promise<PlanOutcome> {
  for (let conflicts = 0; conflicts <= conflictsMax; conflicts += 1) {
    const person = await store.load(debtorId);
    if (person === null) return 'nobody';
    const rules = await parts.rules.current();
    const now = clock.now();
    const decision = decide(person, rules, now);
    if ((await applyDecision(decision, { person, now }, { store, rules })) === 'conflict') continue;
    await parts.looked?.({ person, rules, now });
    return decision.kind;
  }
  throw new Error(
    `${debtorId} changed ${String(conflictsMax + 1)} times while being planned: let the queue try again`,
  );
}
