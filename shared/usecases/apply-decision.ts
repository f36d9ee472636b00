import type { Person } from '#shared/contracts/person.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { Decision } from '#shared/core/decision/decision.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import type { DebtorStore, Guarded } from '#shared/ports/debtor-store.ts';
import { caseOf, nextWakeUp, placementOf, wakeUpOf } from './next-wake-up.ts';

/**
 * Carries a decision out as far as planning goes: opens the case, makes the placement, or stores when to look next. A contact is only stored
 * as a wake-up for its channel; whoever is woken decides again before sending. Writes nothing that is there already.
 */
export async function applyDecision(
  decision: Decision,
  { person, now }: { readonly person: Person; readonly now: Instant },
  { store, rules }: { readonly store: DebtorStore; readonly rules: DecisionRules },
): Promise<Guarded> {
  if (decision.kind === 'case') {
    const opened = caseOf(decision, person.debtorId, now);
    const after = { ...person, cases: [...person.cases, opened] };
    return store.openCase(person.version, opened, nextWakeUp(after, rules, now));
  }
  if (decision.kind === 'place') {
    const placement = placementOf(decision, person.debtorId, now);
    const after = { ...person, placements: [...person.placements, placement] };
    return store.place(person.version, placement, nextWakeUp(after, rules, now));
  }
  const wakeUp = wakeUpOf(decision, now);
  if (isStored(wakeUp, person, now)) return 'done';
  return store.setWakeUp(person.debtorId, person.version, wakeUp);
}

/** A wake-up that is already due for the same thing need not be written again with a later "now". */
function isStored(wakeUp: Person['wakeUp'] | null, { wakeUp: stored }: Person, now: Instant): boolean {
  if (wakeUp === null || wakeUp === undefined || stored === undefined)
    return wakeUp === null && stored === undefined;
  const sameTime = stored.at === wakeUp.at || (stored.at <= now && wakeUp.at <= now);
  return sameTime && stored.for === wakeUp.for;
}
