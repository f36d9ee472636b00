import type { Person } from '#shared/contracts/person.ts';

/** A person of whom nothing is known yet: what a read of an empty partition would give. */
export function emptyPerson(debtorId: string): Person {
  return {
    debtorId,
    version: 0,
    accounts: [],
    attempts: [],
    consents: [],
    endedDestinations: [],
    payments: [],
    cases: [],
    placements: [],
    promises: [],
    plans: [],
    holds: [],
    acts: [],
    inbound: [],
  };
}
