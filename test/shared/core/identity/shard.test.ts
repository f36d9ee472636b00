import { describe, expect, it } from 'vitest';
import { fractionOf } from '#shared/core/identity/fnv1a64.ts';
import { shardOf } from '#shared/core/identity/shard.ts';

describe('the shard of a person', () => {
  it('is always the same, as stored wake-ups depend on it', () => {
    expect(['D-1', 'D-2', 'D-3'].map((id) => shardOf(id, 256))).toEqual([96, 93, 94]);
    expect(shardOf('D-1', 1)).toBe(0);
  });

  it('spreads people evenly, also those with ids in sequence', () => {
    const shards = 64;
    const counts = new Array<number>(shards).fill(0);
    const people = 64_000;
    for (let serial = 0; serial < people; serial += 1) counts[shardOf(`D-${serial}`, shards)]! += 1;
    const mean = people / shards;
    // Six standard deviations of an even draw: a fault in the hash goes far beyond, chance does not.
    const spreadMax = 6 * Math.sqrt(mean);
    for (const count of counts) expect(Math.abs(count - mean)).toBeLessThan(spreadMax);
  });

  it('says nothing of the fraction by which the person is spread over a day', () => {
    const people = Array.from({ length: 4_000 }, (_, serial) => `D-${serial}`);
    const firstShard = people.filter((id) => shardOf(id, 4) === 0).map(fractionOf);
    const mean = firstShard.reduce((sum, fraction) => sum + fraction, 0) / firstShard.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  });
});
