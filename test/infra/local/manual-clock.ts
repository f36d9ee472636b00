import type { LocalClock } from '#infra/local/twilio/local-clock.ts';

/** A clock that stands still until a test moves it; what falls due runs in order, and each is waited for. */
export interface ManualClock extends LocalClock {
  advanceBy(durationMs: number): Promise<void>;
}

export function manualClock(startAt = Date.parse('2026-11-02T15:00:00Z')): ManualClock {
  let now = startAt;
  let ordinal = 0;
  const due: { atMs: number; ordinal: number; run: () => Promise<void> }[] = [];
  return {
    now: () => now,
    schedule(atMs, run) {
      due.push({ atMs: Math.max(atMs, now), ordinal: ordinal++, run });
    },
    async advanceBy(durationMs) {
      const end = now + durationMs;
      for (;;) {
        due.sort((left, right) => left.atMs - right.atMs || left.ordinal - right.ordinal);
        const next = due[0];
        if (next === undefined || next.atMs > end) break;
        due.shift();
        now = next.atMs;
        await next.run();
      }
      now = end;
    },
  };
}
