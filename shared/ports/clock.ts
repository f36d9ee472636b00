import type { Instant } from '#shared/kernel/instant.ts';

/** The only source of the present. Production reads the machine's clock; the local run and the tests move theirs. */
export interface Clock {
  now(): Instant;
}
