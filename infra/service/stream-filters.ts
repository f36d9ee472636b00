import { attemptStates, type AttemptState } from '#shared/contracts/ledger.ts';

/** Kinds of items whose change can change a decision. Never the head (`person`): each decision itself writes it. */
const factPrefixes = [
  'account#',
  'consent#',
  'payment#',
  'case#',
  'placement#',
  'ended#',
  'promise#',
  'plan#',
  'hold#',
  'inbound#',
];
const wholeKeys = ['profile', 'preferences'];

/** While a contact is under way nothing else has to happen; every other state is an outcome. */
const underWay: ReadonlySet<AttemptState> = new Set(['reserved', 'accepted', 'sent']);
const outcomes = attemptStates.filter((state) => !underWay.has(state));

/**
 * Which records of the table's stream wake `plan`: facts that came or changed, and contacts that reached an outcome.
 * A new contact wakes nobody: the decision that made it has just been taken. But one of an experiment is counted as soon as
 * it is reserved, since some never reach an outcome.
 */
export function streamFilters(): { pattern: string }[] {
  const sortKey = (matches: unknown[]): object => ({ Keys: { SK: { S: matches } } });
  const facts = {
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: sortKey([...wholeKeys, ...factPrefixes.map((prefix) => ({ prefix }))]),
  };
  const settledContacts = {
    eventName: ['MODIFY'],
    dynamodb: { ...sortKey([{ prefix: 'attempt#' }]), NewImage: { state: { S: outcomes } } },
  };
  const experimentContacts = {
    eventName: ['INSERT'],
    dynamodb: { ...sortKey([{ prefix: 'attempt#' }]), NewImage: { experiment: { S: [{ exists: true }] } } },
  };
  return [facts, settledContacts, experimentContacts].map((filter) => ({ pattern: JSON.stringify(filter) }));
}
