import type { Subject } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import { stopFor } from './stop-for.ts';

/** A contact that was decided on or made, and the accounts that it speaks of. */
interface DecidedContact {
  readonly channel: Channel;
  readonly about: readonly Subject[];
}

/**
 * The stop that forbids a contact which was already decided on: one that covers any of the accounts it speaks of is
 * enough. Of an account that is gone only strategy and channel are known. Undefined when none does.
 */
export function stopForContact(
  stops: readonly Stop[],
  { channel, about }: DecidedContact,
  { accounts }: Pick<Person, 'accounts'>,
): Stop | undefined {
  if (stops.length === 0) return undefined;
  for (const { accountId, strategy } of about) {
    const creditor = accounts.find((account) => account.accountId === accountId)?.creditor ?? '';
    const stop = stopFor(stops, { creditor, strategy: strategyName(strategy), channel });
    if (stop !== undefined) return stop;
  }
  return undefined;
}

/** The name in `name@version`. */
function strategyName(strategy: string): string {
  return strategy.slice(0, strategy.lastIndexOf('@'));
}
