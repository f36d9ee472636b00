import type { Limits } from '#shared/contracts/limits.ts';
import { ChannelSchema } from '#shared/contracts/primitives.ts';
import type { WakeFor } from '#shared/contracts/queue-message.ts';
import type { Stop } from '#shared/contracts/stop.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import { minuteMs, secondMs, toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore, DueWakeUp } from '#shared/ports/debtor-store.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import type { QueuedWake, WakeQueue } from '#shared/ports/wake-queue.ts';

/** How far ahead a run looks: until the next one, in milliseconds. */
const lookAheadMs = minuteMs;
/**
 * A person whose wake-up was handed on is looked at again after this time, should whoever got it be gone. Longer than a
 * message can wait (one minute of delay) and be retried; in milliseconds.
 */
const leaseMs = 15 * minuteMs;
/** Fresh looks handed on per second and run; they reach no provider, only our own table. */
const looksPerSecond = 500;
/** Most wake-ups of one shard that one run takes. The next run, a minute later, goes on with the rest. */
const duePerShardMax = 2_000;
/** Leases written at the same time. */
const leasesAtOnce = 32;
/** Everything that a wake-up may be for. */
const wakeKinds: readonly WakeFor[] = [...ChannelSchema.options, 'look'];

export interface TickParts {
  readonly store: DebtorStore;
  readonly queue: WakeQueue;
  readonly clock: Clock;
  readonly rules: RulesSource<Pick<DecisionRules, 'limits' | 'stops'>>;
  readonly shards: number;
}

/**
 * What a run did: wake-ups found, handed on, left for a later run because everything or their channel is stopped, left for
 * the next by the pace, and not taken by the queue.
 */
export interface TickSummary {
  readonly due: number;
  readonly handedOn: number;
  readonly stopped: number;
  readonly paced: number;
  readonly refused: number;
}

/**
 * Once a minute: hands every wake-up that falls due before the next run to its queue, to the second. All overdue ones are
 * included, so that a missed run is caught up. Each channel gets at most what its pace allows in a minute, the earliest
 * first; the others stay in the index for the next run, and so does everything while the kill switch stops all, and what is
 * for a channel that it stops. First the queue, then the lease: a crash in between only hands on twice, and whoever is woken
 * twice decides afresh.
 */
export async function tick({ store, queue, clock, rules, shards }: TickParts): Promise<TickSummary> {
  const { limits, stops } = await rules.current();
  const now = clock.now();
  const before = toInstant(now + lookAheadMs);
  const byShard = await Promise.all(
    Array.from({ length: shards }, (_, shard) => dueIn(shard, { store, limits, before })),
  );
  const due = byShard.flat().sort((a, b) => a.wakeUp.at - b.wakeUp.at || (a.debtorId < b.debtorId ? -1 : 1));
  const open = due.filter(({ wakeUp }) => !isStopped(wakeUp.for, stops));
  const paced = pace(open, limits, now);
  const refused = new Set(
    (await queue.send(paced.map((one) => one.queued))).map((one) => one.message.debtorId),
  );
  const taken = paced.filter((one) => !refused.has(one.due.debtorId));
  await leaseAll(taken, store, now);
  return {
    due: due.length,
    handedOn: taken.length,
    stopped: due.length - open.length,
    paced: open.length - paced.length,
    refused: paced.length - taken.length,
  };
}

/**
 * Wake-ups of one shard that are due. Where there are more than one run takes, those that wait long (for a stopped channel,
 * or for one whose pace is slow) would hide all others behind them: then each kind is asked for by itself.
 */
async function dueIn(
  shard: number,
  {
    store,
    limits,
    before,
  }: { readonly store: DebtorStore; readonly limits: Limits; readonly before: Instant },
): Promise<readonly DueWakeUp[]> {
  const earliest = await store.due(shard, before, duePerShardMax);
  if (earliest.length < duePerShardMax) return earliest;
  const byKind = await Promise.all(
    wakeKinds.map((kind) => {
      const paceOfRun = Math.ceil((lookAheadMs / secondMs) * perSecond(limits, kind));
      return store.due(shard, before, Math.min(duePerShardMax, paceOfRun), kind);
    }),
  );
  return byKind.flat();
}

/** Stops of a creditor, strategy or experiment need the person's facts: whoever is woken looks at them. */
function isStopped(wakeFor: WakeFor, stops: readonly Stop[]): boolean {
  return stops.some(
    ({ scope }) => scope.kind === 'all' || (scope.kind === 'channel' && scope.channel === wakeFor),
  );
}

interface PacedWake {
  readonly due: DueWakeUp;
  readonly queued: QueuedWake;
}

/** Gives each wake-up its second: not before its own time, and not more in any second than the channel's pace. */
function pace(due: readonly DueWakeUp[], limits: Limits, now: Instant): readonly PacedWake[] {
  const nextFreeMs = new Map<WakeFor, number>();
  const paced: PacedWake[] = [];
  for (const one of due) {
    const { at, for: wakeFor } = one.wakeUp;
    const slotMs = Math.max(at - now, nextFreeMs.get(wakeFor) ?? 0, 0);
    if (slotMs >= lookAheadMs) continue;
    nextFreeMs.set(wakeFor, slotMs + secondMs / perSecond(limits, wakeFor));
    const message = { version: 1, debtorId: one.debtorId, wakeAt: at, wakeFor } as const;
    paced.push({ due: one, queued: { message, delaySeconds: Math.ceil(slotMs / secondMs) } });
  }
  return paced;
}

function perSecond(limits: Limits, wakeFor: WakeFor): number {
  return wakeFor === 'look' ? looksPerSecond : limits.pace[wakeFor].perSecond;
}

async function leaseAll(taken: readonly PacedWake[], store: DebtorStore, now: Instant): Promise<void> {
  const until = toInstant(now + leaseMs);
  for (let start = 0; start < taken.length; start += leasesAtOnce) {
    await Promise.all(taken.slice(start, start + leasesAtOnce).map((one) => store.lease(one.due, until)));
  }
}
