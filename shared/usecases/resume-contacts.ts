import type { Stop, StopScope } from '#shared/contracts/stop.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import type { StopParts, WhoAndWhy } from './stop-contacts.ts';

/** What came of it, and what is still stopped: resuming one thing does not resume what another stop covers too. */
export interface ResumeResult {
  readonly kind: 'resumed' | 'not_stopped';
  readonly stillInForce: readonly Stop[];
}

/**
 * Lifts a stop. Contacts that have waited are decided on afresh and go out at the usual pace, where and when they are
 * permitted. What is lifted need not be in the configuration: it may have been taken out of it since.
 */
export async function resumeContacts(
  scope: StopScope,
  who: WhoAndWhy,
  { stops, clock }: Pick<StopParts, 'stops' | 'clock'>,
): Promise<ResumeResult> {
  const { kind } = await stops.resume(stopIdOf(scope), { ...who, at: clock.now() });
  return { kind, stillInForce: await stops.inForce() };
}
