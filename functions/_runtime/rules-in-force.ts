import type { Stop } from '#shared/contracts/stop.ts';
import { stopsMaxAgeMs, stopsTooOldMs } from '#shared/core/stops/stop-limits.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';

export interface RulesInForceParts<Rules> {
  readonly config: RulesSource<Rules>;
  readonly stops: Pick<StopStore, 'inForce'>;
  readonly clock: Clock;
}

/** Nobody can tell what is stopped: whatever was to be decided comes again and nothing is sent meanwhile. */
export class StopsUnknownError extends Error {
  override readonly name = 'StopsUnknownError';
}

/** What was in force when a reading began. */
interface Reading {
  readonly stops: readonly Stop[];
  readonly begunAt: number;
}

/**
 * The configuration together with the stops of the kill switch. Stops are read again once they are a second old; all who
 * ask meanwhile wait for the same reading. A stop therefore holds for each decision that is taken `stopsTooOldMs` after it
 * was written, in every container.
 *
 * @throws StopsUnknownError when the stops cannot be read, or reading them took so long that they may be wrong by now.
 */
export function rulesInForce<Rules>(
  parts: RulesInForceParts<Rules>,
): RulesSource<Rules & { readonly stops: readonly Stop[] }> {
  const { config, clock } = parts;
  const latest = keepReading(parts);
  return {
    current: async () => {
      // First, because it may take a moment in which the stops would grow old.
      const rules = await config.current();
      const { stops, begunAt } = await latest();
      if (ageOf(begunAt, clock) > stopsTooOldMs)
        throw new StopsUnknownError(`reading what is stopped took longer than ${String(stopsTooOldMs)} ms`);
      return { ...rules, stops };
    },
  };
}

function keepReading({ stops, clock }: Omit<RulesInForceParts<unknown>, 'config'>): () => Promise<Reading> {
  let last: Reading | undefined;
  let reading: Promise<Reading> | undefined;
  const read = async (): Promise<Reading> => {
    // What is read is at least as new as this; when it was read exactly, nobody can tell.
    const begunAt = clock.now();
    try {
      last = { stops: await stops.inForce(), begunAt };
      return last;
    } catch (cause) {
      throw new StopsUnknownError('what is stopped cannot be read', { cause });
    } finally {
      reading = undefined;
    }
  };
  return () => {
    if (last !== undefined && ageOf(last.begunAt, clock) < stopsMaxAgeMs) return Promise.resolve(last);
    return (reading ??= read());
  };
}

/** How old something is; without end when the machine's clock was set back since. */
function ageOf(instant: number, clock: Clock): number {
  const ageMs = clock.now() - instant;
  return ageMs < 0 ? Infinity : ageMs;
}
