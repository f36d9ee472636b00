import { toInstant } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';

/** The machine's own clock. */
export const systemClock: Clock = { now: () => toInstant(Date.now()) };
