/** How many of some people something happened to. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
}

/** From and to where a share, or a difference of shares, may really lie. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard deviations of an interval that holds the truth in 95 of 100 cases. */
export const z95 = 1.959_963_984_540_054;
/** Standard deviations beyond which chance alone leads in 1 of 100 cases, to one side. */
export const z99OneSided = 2.326_347_874_040_841;

/** The share itself; 0 of nobody is 0. */
export function shareOf({ count, of }: Proportion): number {
  return of === 0 ? 0 : count / of;
}

/**
 * Wilson's interval of a share: right also for few people and for shares near 0, where the usual one is too narrow. Of
 * nobody it is everything.
 * (Wilson 1927; method 3 of Newcombe, Statistics in Medicine 17, 1998, 857-872)
 */
export function wilsonInterval({ count, of }: Proportion, z = z95): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const square = z * z;
  const middle = share + square / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share) + square / (4 * of)) / of);
  const whole = 1 + square / of;
  return {
    low: count === 0 ? 0 : Math.max(0, (middle - spread) / whole),
    high: count === of ? 1 : Math.min(1, (middle + spread) / whole),
  };
}

/**
 * The interval of the difference `one - other` of two shares, from the Wilson interval of each.
 * (Method 10 of Newcombe, Statistics in Medicine 17, 1998, 873-890)
 */
export function differenceInterval(one: Proportion, other: Proportion, z = z95): Interval {
  const difference = shareOf(one) - shareOf(other);
  const ofOne = wilsonInterval(one, z);
  const ofOther = wilsonInterval(other, z);
  const below = Math.hypot(shareOf(one) - ofOne.low, ofOther.high - shareOf(other));
  const above = Math.hypot(ofOne.high - shareOf(one), shareOf(other) - ofOther.low);
  return { low: Math.max(-1, difference - below), high: Math.min(1, difference + above) };
}
