/** A moment as epoch milliseconds (UTC). ISO strings live only in contracts, epoch seconds only in adapters. */
export type Instant = number & { readonly __brand: 'Instant' };

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
