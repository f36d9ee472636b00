import type { Channel } from '#shared/contracts/primitives.ts';
import type { Stop, StopScope } from '#shared/contracts/stop.ts';

/** What a contact belongs to, as far as a stop may name it. */
export interface StoppableContact {
  readonly creditor: string;
  /** Name of the strategy, without its version. */
  readonly strategy: string;
  readonly channel: Channel;
}

/** The stop that forbids a contact, the oldest of several; undefined when none does. */
export function stopFor(stops: readonly Stop[], contact: StoppableContact): Stop | undefined {
  let found: Stop | undefined;
  for (const stop of stops) {
    if (covers(stop.scope, contact) && (found === undefined || stop.at < found.at)) found = stop;
  }
  return found;
}

function covers(scope: StopScope, { creditor, strategy, channel }: StoppableContact): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'creditor':
      return scope.creditor === creditor;
    case 'strategy':
      return scope.strategy === strategy;
    case 'channel':
      return scope.channel === channel;
    case 'experiment':
      return false;
  }
}

/** The id of a stop is what it stops: `all`, `creditor:demo-bank`, `channel:sms`. */
export function stopIdOf(scope: StopScope): string {
  switch (scope.kind) {
    case 'all':
      return scope.kind;
    case 'creditor':
      return `${scope.kind}:${scope.creditor}`;
    case 'strategy':
      return `${scope.kind}:${scope.strategy}`;
    case 'channel':
      return `${scope.kind}:${scope.channel}`;
    case 'experiment':
      return `${scope.kind}:${scope.experiment}`;
  }
}
