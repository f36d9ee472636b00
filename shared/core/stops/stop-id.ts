import { StopScopeSchema, type StopScope } from '#shared/contracts/stop.ts';

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
  return parsed.success ? parsed.data : null;
}
