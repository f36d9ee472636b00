import type { AttemptState, LedgerEntry } from '#shared/contracts/ledger.ts';

/**
 * How a channel of a step stands after its earlier tries.
 *
 * - `open`: may be tried from `from` on: not tried yet, or the last try surely sent nothing and names a time for another.
 * - `pending`: something went out at `since` and nobody has answered yet, or the outcome is not known.
 * - `reached`: the person was reached. `lost`: this channel surely reached nobody and will not.
 */
export type StepStanding =
  | { readonly kind: 'reached' | 'lost' }
  | { readonly kind: 'open'; readonly from: number }
  | { readonly kind: 'pending'; readonly since: number };

const standingByState = {
  reserved: 'pending',
  unknown: 'pending',
  accepted: 'pending',
  sent: 'pending',
  failed: 'lost',
  not_in_service: 'lost',
  undelivered: 'lost',
  no_answer: 'pending',
  busy: 'pending',
  voicemail: 'pending',
  delivered: 'reached',
  answered: 'reached',
  conversation: 'reached',
} as const satisfies Record<AttemptState, StepStanding['kind']>;

/** Standing of one channel of one step, from its tries in order of time. */
export function standingOf(tries: readonly LedgerEntry[], attemptsMax: number): StepStanding {
  const last = tries.at(-1);
  if (last === undefined) return { kind: 'open', from: -Infinity };
  if (last.state === 'failed' && last.retryAt !== undefined && tries.length < attemptsMax) {
    return { kind: 'open', from: last.retryAt };
  }
  const kind = standingByState[last.state];
  return kind === 'pending' ? { kind, since: last.reservedAt } : { kind };
}
