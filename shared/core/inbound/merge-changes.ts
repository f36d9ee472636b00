import type { PersonChange } from '#shared/contracts/person-change.ts';

/** Several changes as one, in their order; of preferences the last one counts. */
export function mergeChanges(changes: readonly PersonChange[]): PersonChange {
  return changes.reduce<PersonChange>(merged, {});
}

function merged(a: PersonChange, b: PersonChange): PersonChange {
  const preferences = b.preferences ?? a.preferences;
  return {
    accounts: joined(a.accounts, b.accounts),
    payments: joined(a.payments, b.payments),
    acts: joined(a.acts, b.acts),
    promises: joined(a.promises, b.promises),
    plans: joined(a.plans, b.plans),
    holds: joined(a.holds, b.holds),
    cases: joined(a.cases, b.cases),
    consents: joined(a.consents, b.consents),
    endedDestinations: joined(a.endedDestinations, b.endedDestinations),
    reopenedDestinations: joined(a.reopenedDestinations, b.reopenedDestinations),
    inbound: joined(a.inbound, b.inbound),
    ...(preferences !== undefined && { preferences }),
  };
}

function joined<T>(a: readonly T[] = [], b: readonly T[] = []): readonly T[] {
  return [...a, ...b];
}
