import type { StopRecord } from '#shared/contracts/stop-record.ts';
import type { Stop, StopAct } from '#shared/contracts/stop.ts';
import type { ResumeOutcome, StopOutcome } from '#shared/core/stops/change-stops.ts';

/**
 * The kill switch: what is stopped now, and the record of who stopped and resumed what. Each act takes effect together
 * with its record or not at all; of several acts at once each takes effect after another, and none is lost.
 */
export interface StopStore {
  /** What is stopped, in the order in which it was. Sees every act that was answered before it was asked. */
  inForce(): Promise<readonly Stop[]>;

  /** Puts a stop in force, as core/stops/change-stops.ts says. */
  stop(stop: Stop): Promise<StopOutcome>;

  /** Lifts a stop. */
  resume(stopId: string, act: StopAct): Promise<ResumeOutcome>;

  /** The newest acts, newest first, at most `limit`. */
  history(limit: number): Promise<readonly StopRecord[]>;
}
