import type { StopRecord } from '#shared/contracts/stop-record.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';

/** Most acts of the history that are told at once. */
export const historyMax = 200;

/** What is stopped, oldest first, and as many of the newest acts as are asked for, newest first. */
export async function listStops(
  { stops }: { readonly stops: Pick<StopStore, 'inForce' | 'history'> },
  { acts }: { readonly acts: number },
): Promise<{ readonly inForce: readonly Stop[]; readonly history: readonly StopRecord[] }> {
  const [inForce, history] = await Promise.all([
    stops.inForce(),
    acts === 0 ? [] : stops.history(Math.min(acts, historyMax)),
  ]);
  return { inForce, history };
}
