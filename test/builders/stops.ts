import type { Stop, StopScope } from '#shared/contracts/stop.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import { noon } from './stored.ts';

/** A stop that somebody put in force at noon. */
export function stopOf(scope: StopScope, changes: Partial<Stop> = {}): Stop {
  return {
    stopId: stopIdOf(scope),
    scope,
    by: 'lin',
    why: 'complaints from customers',
    at: noon,
    ...changes,
  };
}
