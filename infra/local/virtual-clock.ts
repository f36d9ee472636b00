import { DueList } from '#infra/local/clock/due-list.ts';
import { createTimeCell, monotonicMs, timeReader, writeAnchor } from '#infra/local/clock/shared-time.ts';

/** Virtual seconds per real second (1440 is a day a minute), or `jump`: only `advanceTo` moves it, as fast as the work allows. */
type ClockSpeed = number | 'jump';

export interface VirtualClock {
  /** Shared with worker threads, see clock/shared-time.ts. */
  readonly cell: SharedArrayBuffer;
  now(): number;
  /** Runs the work once the clock reaches the instant; a promise it returns counts as work until it ends. */
  schedule(atMs: number, work: () => void | Promise<void>): () => void;
  /** Counts a promise as work in progress: the clock is not moved past it. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Starts work that nobody waits for, as tracked work; an error goes to the clock's `onError`. */
  run(work: () => void | Promise<void>): void;
  /** Resolves when no work is in progress at the current instant. What waits for a later instant is not work. */
  settle(): Promise<void>;
  nextDueAt(): number | undefined;
  /** Moves the clock forward, stopping at each instant at which something is due until that has settled. */
  advanceTo(atMs: number): Promise<void>;
  setSpeed(speed: ClockSpeed): void;
  /** Lets a clock with a speed run; until then it stands still, so that nothing is missed while the run starts. */
  start(): void;
  /** Calls back after each step of the clock, so that a run can remember where it is. */
  onMoved(listener: (nowMs: number) => void): void;
  /** Stops the clock for good; what waits is dropped. */
  stop(): void;
}

export interface VirtualClockOptions {
  readonly startAtMs: number;
  readonly speed: ClockSpeed;
  /** Work that throws with nobody waiting for it; without this the error ends the process as an unhandled rejection. */
  readonly onError?: (error: unknown) => void;
}

/** How often a running clock shows its progress while nothing is due. */
const showEveryMs = 20;
/** Up to real time the clock runs on while functions work; faster ones hold still, or work of 10 ms would last minutes. */
const runsFreelyUpToSpeed = 1;

export function createVirtualClock(options: VirtualClockOptions): VirtualClock {
  return new Clock(options);
}

class Clock implements VirtualClock {
  readonly cell: SharedArrayBuffer;
  readonly now: () => number;
  readonly #due = new DueList();
  readonly #onError: ((error: unknown) => void) | undefined;
  #speed: ClockSpeed;
  #inProgress = 0;
  #quiet: (() => void)[] = [];
  #advancing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #anchorVirtualMs: number;
  #anchorRealMs = monotonicMs();
  #loop = 0;
  readonly #moved: ((nowMs: number) => void)[] = [];
  #isStarted = false;
  #stopped = false;

  constructor(options: VirtualClockOptions) {
    this.cell = createTimeCell(options.startAtMs);
    this.now = timeReader(this.cell);
    this.#anchorVirtualMs = options.startAtMs;
    this.#onError = options.onError;
    this.#speed = checkedSpeed(options.speed);
  }

  schedule(atMs: number, work: () => void | Promise<void>): () => void {
    const entry = this.#due.add(atMs, work);
    return () => {
      entry.cancelled = true;
    };
  }

  async track<T>(work: Promise<T>): Promise<T> {
    this.#inProgress += 1;
    try {
      return await work;
    } finally {
      this.#inProgress -= 1;
      if (this.#inProgress === 0) for (const resolve of this.#quiet.splice(0)) resolve();
    }
  }

  run(work: () => void | Promise<void>): void {
    void this.track((async () => work())()).catch((error: unknown) => {
      // Work that a stop has cut off from its parts fails, and nobody waits for it any more.
      if (this.#stopped) return;
      if (this.#onError === undefined) throw error;
      this.#onError(error);
    });
  }

  async settle(): Promise<void> {
    for (;;) {
      if (this.#inProgress > 0) await new Promise<void>((resolve) => this.#quiet.push(resolve));
      // One more turn of the loop: an answer that has just arrived may start further work.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#inProgress === 0) return;
    }
  }

  nextDueAt(): number | undefined {
    return this.#due.peek()?.atMs;
  }

  advanceTo(atMs: number): Promise<void> {
    this.#advancing = this.#advancing.then(() => this.#advance(atMs));
    return this.#advancing;
  }

  setSpeed(speed: ClockSpeed): void {
    this.#speed = checkedSpeed(speed);
    if (this.#isStarted) this.start();
  }

  start(): void {
    this.#isStarted = true;
    clearTimeout(this.#timer);
    this.#anchor(this.now());
    this.#runSoon(0, (this.#loop += 1));
  }

  onMoved(listener: (nowMs: number) => void): void {
    this.#moved.push(listener);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #advance(atMs: number): Promise<void> {
    for (;;) {
      await this.settle();
      const next = this.nextDueAt();
      if (this.#stopped) return;
      if (next === undefined || next > atMs) break;
      this.#anchor(Math.max(this.now(), next));
      this.#fireDue();
    }
    this.#anchor(Math.max(this.now(), atMs));
  }

  #fireDue(): void {
    for (let entry = this.#due.takeDue(this.now()); entry; entry = this.#due.takeDue(this.now()))
      this.run(entry.work);
  }

  /** Fixes virtual time to real time anew: free-running up to real time, else held until the next step. */
  #anchor(virtualMs: number): void {
    this.#anchorVirtualMs = virtualMs;
    this.#anchorRealMs = monotonicMs();
    const free = this.#isStarted && this.#speed !== 'jump' && this.#speed <= runsFreelyUpToSpeed;
    writeAnchor(this.cell, {
      virtualMs,
      realMs: this.#anchorRealMs,
      speed: free ? Number(this.#speed) : 0,
    });
    for (const listener of this.#moved) listener(virtualMs);
  }

  /** Only the newest loop goes on: a new speed starts one while the last may still wait for work. */
  #runSoon(delayMs: number, loop: number): void {
    const speed = this.#speed;
    if (this.#stopped || loop !== this.#loop || speed === 'jump') return;
    this.#timer = setTimeout(() => void this.#runStep(speed, loop), delayMs);
  }

  async #runStep(speed: number, loop: number): Promise<void> {
    const target = this.#anchorVirtualMs + (monotonicMs() - this.#anchorRealMs) * speed;
    if (speed <= runsFreelyUpToSpeed) {
      this.#anchor(target);
      this.#fireDue();
    } else {
      // The clock holds while work runs; it goes on from where it is instead of catching up in a burst.
      await this.advanceTo(Math.min(target, this.nextDueAt() ?? target));
    }
    const nextInMs = ((this.nextDueAt() ?? Infinity) - this.now()) / speed;
    this.#runSoon(Math.max(0, Math.min(showEveryMs, nextInMs)), loop);
  }
}

function checkedSpeed(speed: ClockSpeed): ClockSpeed {
  if (speed === 'jump' || speed > 0) return speed;
  throw new Error(`speed is ${speed}: give a number above 0 (1440 is a day a minute) or 'jump'.`);
}
