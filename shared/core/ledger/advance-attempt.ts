import {
  attemptStates,
  type AttemptChange,
  type AttemptState,
  type LedgerEntry,
} from '#shared/contracts/ledger.ts';

/** The states that a change to `state` may replace: all weaker ones. */
export function statesBefore(state: AttemptState): readonly AttemptState[] {
  return attemptStates.slice(0, attemptStates.indexOf(state));
}

export interface Advance {
  readonly outcome: 'recorded' | 'stale';
  readonly entry: LedgerEntry;
}

/**
 * What a receipt makes of a ledger entry. Receipts come early, late, twice and out of order; whatever their order, the
 * entry ends in the strongest state any of them told.
 *
 * A reason and a moment for another try belong to the state they came with and leave with it. The provider's id belongs
 * to the contact: it is filled in whenever it was missing, and never replaced.
 *
 * @example advanceAttempt({ ...entry, state: 'delivered' }, { state: 'sent', at }).outcome // 'stale'
 */
export function advanceAttempt(entry: LedgerEntry, change: AttemptChange): Advance {
  const providerId = entry.providerId ?? change.providerId;
  const identified = providerId === undefined ? entry : { ...entry, providerId };
  if (statesBefore(change.state).includes(entry.state)) {
    return { outcome: 'recorded', entry: inNewState(identified, change) };
  }
  const tellsMissingReason =
    change.state === entry.state && entry.reason === undefined && change.reason !== undefined;
  return {
    outcome: 'stale',
    entry: tellsMissingReason ? { ...identified, reason: change.reason } : identified,
  };
}

function inNewState(entry: LedgerEntry, change: AttemptChange): LedgerEntry {
  const moved = { ...entry, state: change.state, stateAt: change.at };
  delete moved.reason;
  delete moved.retryAt;
  if (change.reason !== undefined) moved.reason = change.reason;
  if (change.retryAt !== undefined) moved.retryAt = change.retryAt;
  return moved;
}
