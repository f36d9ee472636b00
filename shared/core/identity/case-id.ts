import { fnv1a64 } from './fnv1a64.ts';

/** The id of a case, built from the facts that opened it: the same facts open one case. */
export function caseIdOf(facts: {
  readonly debtorId: string;
  readonly accountId: string;
  readonly dueDate: string;
  readonly reason: string;
}): string {
  return `case-${fnv1a64([facts.debtorId, facts.accountId, facts.dueDate, facts.reason].join('\u0000'))}`;
}
