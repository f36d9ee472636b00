import { StopScopeSchema, type StopScope } from '#shared/contracts/stop.ts';
import { stopIdOf } from './stop-for.ts';

/**
 * What the id of a stop stops; null when it is the id of no stop.
 *
 * @example parseStopId('creditor:demo-bank') // { kind: 'creditor', creditor: 'demo-bank' }
 */
export function parseStopId(stopId: string): StopScope | null {
  const colon = stopId.indexOf(':');
  const kind = colon === -1 ? stopId : stopId.slice(0, colon);
  const name = colon === -1 ? {} : { [kind]: stopId.slice(colon + 1) };
  const parsed = StopScopeSchema.safeParse({ kind, ...name });
  const isWhatItSays = parsed.success && stopIdOf(parsed.data) === stopId;
  return isWhatItSays ? parsed.data : null;
}
