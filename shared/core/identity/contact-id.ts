import { fnv1a64 } from './fnv1a64.ts';

/** The facts that make a contact this contact and no other. */
export interface ContactFacts {
  readonly debtorId: string;
  readonly accountId: string;
  readonly dueDate: string;
  readonly strategy: string;
  readonly step: string;
  readonly channel: string;
  readonly attempt: number;
}

/**
 * The id of a contact, built from facts: whoever decides on the same contact twice gets the same id, and the ledger's
 * "no entry has this id yet" then refuses the second one.
 */
export function contactIdOf(facts: ContactFacts): string {
  const { debtorId, accountId, dueDate, strategy, step, channel, attempt } = facts;
  return `c-${fnv1a64([debtorId, accountId, dueDate, strategy, step, channel, String(attempt)].join('\u0000'))}`;
}
