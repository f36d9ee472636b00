import type { StopRecord } from '#shared/contracts/stop-record.ts';
import { addStop, liftStop, nothingStopped, type StopsChange } from '#shared/core/stops/change-stops.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';

/** The kill switch in memory. */
export interface FakeStopStore extends StopStore {
  /** How often it was asked what is in force. */
  readonly reads: () => number;
  /** From now on asking what is in force fails. */
  breakReads(isBroken: boolean): void;
}

export function createFakeStopStore(): FakeStopStore {
  let state = nothingStopped;
  let reads = 0;
  let isBroken = false;
  const records: StopRecord[] = [];
  const apply = <Outcome>({ outcome, write }: StopsChange<Outcome>): Promise<Outcome> => {
    if (write !== null) {
      state = structuredClone(write.after);
      records.unshift(structuredClone(write.record));
    }
    return Promise.resolve(structuredClone(outcome));
  };
  return {
    inForce: () => {
      reads += 1;
      if (isBroken) return Promise.reject(new Error('the table does not answer'));
      return Promise.resolve(structuredClone(state.stops));
    },
    stop: (stop) => apply(addStop(state, stop)),
    resume: (stopId, act) => apply(liftStop(state, stopId, act)),
    history: (limit) => Promise.resolve(structuredClone(records.slice(0, limit))),
    reads: () => reads,
    breakReads: (broken) => {
      isBroken = broken;
    },
  };
}
