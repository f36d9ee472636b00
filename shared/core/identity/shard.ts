import { fractionOf } from './fnv1a64.ts';

/**
 * The shard of the due index that holds a person's wake-up: 0 to `shards` - 1, the same for the same person always.
 *
 * The word in front keeps it independent of other spreads over the same id: people who share a shard do not share a
 * moment of the day.
 *
 * @example shardOf('D-1', 256) // always the same number below 256
 */
export function shardOf(debtorId: string, shards: number): number {
  return Math.floor(fractionOf(`shard ${debtorId}`) * shards);
}
