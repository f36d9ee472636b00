import { fnv1a64 } from './fnv1a64.ts';

interface HandOverFacts {
  readonly debtorId: string;
  readonly accountId: string;
  readonly dueDate: string;
  readonly reason: string;
  /** What else makes it this one: a hold, for one. */
  readonly of?: string | undefined;
}

/** The id of a case, built from the facts that opened it: the same facts open one case. */
export function caseIdOf({ debtorId, accountId, dueDate, reason, of }: HandOverFacts): string {
  const facts = [debtorId, accountId, dueDate, reason, ...(of === undefined ? [] : [of])];
  return `case-${fnv1a64(facts.join('\u0000'))}`;
}

/** The id of a placement, built from the facts that led to it: the same facts make one placement. */
export function placementIdOf(facts: HandOverFacts & { readonly agency: string }): string {
  const { debtorId, accountId, dueDate, reason, agency } = facts;
  return `placement-${fnv1a64([debtorId, accountId, dueDate, reason, agency].join('\u0000'))}`;
}
