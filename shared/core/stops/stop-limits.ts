import { secondMs } from '#shared/kernel/instant.ts';

/** Whoever decides about contacts reads the stops again after this time, in milliseconds. */
export const stopsMaxAgeMs = secondMs;
/**
 * Nobody decides on stops that are older than this, in milliseconds: should reading them take longer, nothing is decided.
 * So this is also the time after which a stop surely holds for each decision.
 */
export const stopsTooOldMs = 2 * secondMs;
/**
 * Most stops in force at the same time, beside that of everything: more are a configuration, not a switch. All of them,
 * with the longest reasons, fit into one item of the table (400 KB).
 */
export const stopsInForceMax = 50;
