import type { Stop, StopAct, StopScope } from '#shared/contracts/stop.ts';
import { stopIdOf } from '#shared/core/stops/stop-for.ts';
import { stopsInForceMax } from '#shared/core/stops/stop-limits.ts';
import type { StoppableNames } from '#shared/core/stops/stoppable-names.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { StopStore } from '#shared/ports/stop-store.ts';

/** Names shown in a refusal. */
const namesShownMax = 50;

/** Who asks for something to be stopped or resumed, and why. */
export type WhoAndWhy = Omit<StopAct, 'at'>;

export interface StopParts {
  readonly stops: StopStore;
  readonly clock: Clock;
  /** What the configuration in force knows by name. May fail; who stops everything does not ask. */
  readonly names: () => Promise<StoppableNames>;
}

/** What came of it. `already_stopped` gives the stop that was in force before; the new reason is kept in the history. */
export type StopResult =
  | { readonly kind: 'stopped' | 'already_stopped'; readonly stop: Stop }
  | {
      readonly kind: 'refused';
      readonly problem: 'unknown_name' | 'names_unreadable' | 'too_many';
      readonly message: string;
    };

/**
 * Stops contacts from the next decision on, also of what is queued. A name that the configuration does not have is refused:
 * a misspelt creditor must not leave anybody in the belief that their contacts have stopped. Stopping everything asks nobody
 * and always works.
 */
export async function stopContacts(
  scope: StopScope,
  who: WhoAndWhy,
  { stops, clock, names }: StopParts,
): Promise<StopResult> {
  const refusal = await unknownName(scope, names);
  if (refusal !== null) return refusal;
  const outcome = await stops.stop({ stopId: stopIdOf(scope), scope, ...who, at: clock.now() });
  if (outcome.kind !== 'too_many') return outcome;
  const message = `${String(stopsInForceMax)} stops are in force, the most there may be: resume one, or stop \`all\`; nothing was stopped`;
  return { kind: 'refused', problem: 'too_many', message };
}

async function unknownName(
  scope: StopScope,
  names: StopParts['names'],
): Promise<(StopResult & { kind: 'refused' }) | null> {
  const asked = nameIn(scope);
  if (asked === null) return null;
  try {
    const known = (await names())[asked.kind];
    if (known.includes(asked.name)) return null;
    const list =
      known.length === 0
        ? `there is no ${asked.kind}`
        : `known are ${known.slice(0, namesShownMax).join(', ')}`;
    const message = `${asked.kind}: "${asked.name}" is not in the configuration (${list}); nothing was stopped`;
    return { kind: 'refused', problem: 'unknown_name', message };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `the configuration cannot be read (${why}), so that nobody knows whether "${asked.name}" is in it: stop \`all\` meanwhile, or the channel; nothing was stopped`;
    return { kind: 'refused', problem: 'names_unreadable', message };
  }
}

/** The name that has to be in the configuration; null where there is none, or where the contract lists all that there are. */
function nameIn(scope: StopScope): { readonly kind: keyof StoppableNames; readonly name: string } | null {
  switch (scope.kind) {
    case 'all':
    case 'channel':
      return null;
    case 'creditor':
      return { kind: scope.kind, name: scope.creditor };
    case 'strategy':
      return { kind: scope.kind, name: scope.strategy };
    case 'experiment':
      return { kind: scope.kind, name: scope.experiment };
  }
}
