import type { Clock } from '#shared/ports/clock.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  set(instant: Instant): void;
  advance(ms: number): void;
}

export function createFakeClock(start: Instant): FakeClock {
  let present = start;
  return {
    now: () => present,
    set: (instant) => {
      present = instant;
    },
    advance: (ms) => {
      present = toInstant(present + ms);
    },
  };
}
