import type { StopRecord } from '#shared/contracts/stop-record.ts';
import type { Stop, StopAct } from '#shared/contracts/stop.ts';
import { stopsInForceMax } from './stop-limits.ts';

/** What is stopped, and how many acts led to it. Whoever adds the next names this number, so that none is overwritten. */
export interface StopsState {
  readonly changes: number;
  /** In the order in which they took effect. */
  readonly stops: readonly Stop[];
}

export const nothingStopped: StopsState = { changes: 0, stops: [] };

/** What came of stopping. `already_stopped` gives the stop that was in force before; `too_many` changed nothing. */
export type StopOutcome =
  { readonly kind: 'stopped' | 'already_stopped'; readonly stop: Stop } | { readonly kind: 'too_many' };

/** What came of resuming, with the stop that was lifted. */
export type ResumeOutcome =
  { readonly kind: 'resumed'; readonly stop: Stop } | { readonly kind: 'not_stopped' };

/** An outcome and what has to be stored with it, as one; `write` is null when there is nothing to store. */
export interface StopsChange<Outcome> {
  readonly outcome: Outcome;
  readonly write: { readonly after: StopsState; readonly record: StopRecord } | null;
}

/**
 * Puts a stop in force. What is stopped already stays stopped as it was, but who wanted it once more and why is kept.
 * Everything can always be stopped, however many stops there are.
 */
export function addStop(state: StopsState, stop: Stop): StopsChange<StopOutcome> {
  const { stopId, scope, ...act } = stop;
  const present = state.stops.find((one) => one.stopId === stopId);
  if (present !== undefined) {
    const outcome = { kind: 'already_stopped', stop: present } as const;
    return { outcome, write: writeOf(state, state.stops, { result: outcome.kind, stopId, ...act }) };
  }
  if (scope.kind !== 'all' && state.stops.length >= stopsInForceMax)
    return { outcome: { kind: 'too_many' }, write: null };
  const stops = [...state.stops, stop];
  return {
    outcome: { kind: 'stopped', stop },
    write: writeOf(state, stops, { result: 'stopped', stopId, ...act }),
  };
}

/** Lifts a stop. Who wanted to lift one that is not in force, and why, is kept as well. */
export function liftStop(state: StopsState, stopId: string, act: StopAct): StopsChange<ResumeOutcome> {
  const stop = state.stops.find((one) => one.stopId === stopId);
  const outcome =
    stop === undefined ? ({ kind: 'not_stopped' } as const) : ({ kind: 'resumed', stop } as const);
  const stops = state.stops.filter((one) => one !== stop);
  return { outcome, write: writeOf(state, stops, { result: outcome.kind, stopId, ...act }) };
}

function writeOf({ changes }: StopsState, stops: readonly Stop[], record: Omit<StopRecord, 'change'>) {
  const change = changes + 1;
  return { after: { changes: change, stops }, record: { change, ...record } };
}
