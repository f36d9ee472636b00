import { fnv1a64 } from '#shared/core/identity/fnv1a64.ts';

/** Chance that a seed decides: the same seed draws the same, on every machine. */
export interface SeededRandom {
  /** In [0, 1). */
  fraction(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** True with this probability. */
  happens(probability: number): boolean;
}

/** Mulberry32 (Tommy Ettinger, public domain): small, even enough for invented people, not for secrets. */
export function seededRandom(seed: string): SeededRandom {
  let state = Number.parseInt(fnv1a64(seed).slice(0, 8), 16);
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const whole = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1));
  return {
    fraction,
    whole,
    pick: (list) => list[whole(0, list.length - 1)] ?? list[0],
    happens: (probability) => fraction() < probability,
  };
}
