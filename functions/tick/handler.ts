import type { Telemetry } from '#functions/_runtime/telemetry.ts';
import { tick, type TickParts } from '#shared/usecases/tick.ts';

/** Each minute: hands on whoever is due. The event says nothing; what counts is the table and the clock. */
export function createHandler({ telemetry, ...parts }: TickParts & { readonly telemetry: Telemetry }) {
  return async (): Promise<void> => {
    const { due, handedOn, stopped, paced, refused } = await tick(parts);
    telemetry.count('wakes_due', due);
    telemetry.count('wakes_handed_on', handedOn);
    telemetry.count('wakes_stopped', stopped);
    telemetry.count('wakes_paced', paced);
    telemetry.count('wakes_refused', refused);
  };
}
