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
  /** What was agreed, for a contact that no strategy asked for. */
  readonly agreement?: string | undefined;
}

/**
 * The id of a contact, built from facts: whoever decides on the same contact twice gets the same id, and the ledger's
 * "no entry has this id yet" then refuses the second one.
 */
export function contactIdOf(facts: ContactFacts): string {
  const { debtorId, accountId, dueDate, strategy, step, channel, attempt, agreement } = facts;
  const parts = [debtorId, accountId, dueDate, strategy, step, channel, String(attempt)];
  // The version of a strategy may change between two looks: what was agreed may still be confirmed only once.
  if (agreement !== undefined) parts.splice(3, 1, agreement);
  return `c-${fnv1a64(parts.join('\u0000'))}`;
}
