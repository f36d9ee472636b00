/**
 * The virtual time that an emulator lives in. The local run's engine provides it; an emulator never looks at the
 * machine's own clock. `run` is awaited by the engine, so that time does not move on while a callback is on its way.
 */
export interface LocalClock {
  /** Now, epoch milliseconds. */
  now(): number;
  /** Runs once when virtual time reaches `atMs`; at the next opportunity when that is already past. */
  schedule(atMs: number, run: () => Promise<void>): void;
}
