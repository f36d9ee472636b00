import type { AttemptState } from '#shared/contracts/ledger.ts';

/** Kinds of items whose change can change a decision. Never the head (`person`): each decision itself writes it. */
const factPrefixes = ['account#', 'consent#', 'payment#', 'case#', 'ended#'];
const profileKey = 'profile';

/** Outcomes after which something else may have to happen. */
const outcomes = [
  'unknown',
  'failed',
  'not_in_service',
  'undelivered',
  'no_answer',
  'busy',
  'voicemail',
  'delivered',
  'answered',
  'conversation',
] as const satisfies readonly AttemptState[];

/**
 * Which records of the table's stream wake `plan`: facts that came or changed, and contacts that reached an outcome.
 * A new contact wakes nobody: the decision that made it has just been taken.
 */
export function streamFilters(): { pattern: string }[] {
  const sortKey = (matches: unknown[]): object => ({ Keys: { SK: { S: matches } } });
  const facts = {
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: sortKey([profileKey, ...factPrefixes.map((prefix) => ({ prefix }))]),
  };
  const settledContacts = {
    eventName: ['MODIFY'],
    dynamodb: { ...sortKey([{ prefix: 'attempt#' }]), NewImage: { state: { S: outcomes } } },
  };
  return [facts, settledContacts].map((filter) => ({ pattern: JSON.stringify(filter) }));
}
