/** A moment as epoch milliseconds (UTC). ISO strings live only in contracts, epoch seconds only in adapters. */
export type Instant = number & { readonly __brand: 'Instant' };

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/**
 * Takes a number of epoch milliseconds for an instant.
 *
 * @throws RangeError when it is no whole number of milliseconds that a Date can hold.
 */
export function toInstant(epochMs: number): Instant {
  if (!isInstant(epochMs)) {
    throw new RangeError(
      `${String(epochMs)} is no instant: give whole epoch milliseconds within the range of Date`,
    );
  }
  return epochMs;
}

/** Largest distance from 1970 that a Date can hold, in milliseconds (ECMA-262, time values). */
const instantMax = 8_640_000_000_000_000;

function isInstant(epochMs: number): epochMs is Instant {
  return Number.isInteger(epochMs) && Math.abs(epochMs) <= instantMax;
}
