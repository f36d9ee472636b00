import { createHash } from 'node:crypto';

import { type LaneParts, StreamLane } from '#infra/local/events/stream-lane.ts';
import type { StreamReader, StreamRecord } from '#infra/local/events/stream-reader.ts';
import type { RunState } from '#infra/local/run-state.ts';

/** Records that are read ahead of the function at most; a big import would otherwise fill the memory. */
const readAheadMax = 5_000;
/** Pause after a read that failed. */
const readAgainAfterMs = 1_000;

interface Progress {
  readonly sequence: string;
  isDone: boolean;
}

/**
 * A table's stream that invokes a function. Reads as soon as something was written, spreads the records over lanes by
 * partition key (ParallelizationFactor), and remembers how far everything is done, so that a restart repeats at most
 * what was under way.
 */
export class StreamSource {
  readonly #reader: StreamReader;
  readonly #state: RunState;
  readonly #parts: Omit<LaneParts, 'onDone' | 'shardId'>;
  readonly #lanes: StreamLane[];
  readonly #progress: Progress[] = [];
  readonly #progressBySequence = new Map<string, Progress>();
  #isOpen = false;
  #isReading = false;
  #isWoken = false;

  constructor(reader: StreamReader, state: RunState, parts: Omit<LaneParts, 'onDone' | 'shardId'>) {
    this.#reader = reader;
    this.#state = state;
    this.#parts = parts;
    const laneParts = {
      ...parts,
      shardId: () => reader.shardId,
      onDone: (records: readonly StreamRecord[]) => this.#done(records),
    };
    this.#lanes = Array.from({ length: parts.mapping.parallelization }, () => new StreamLane(laneParts));
  }

  async start(): Promise<void> {
    const after = this.#state.mark(this.#markName);
    await this.#reader.open(after === undefined ? this.#parts.mapping.startsAt : { after });
    this.#isOpen = true;
    this.wake();
  }

  /** Something was written to the table. */
  wake(): void {
    this.#isWoken = true;
    if (!this.#isOpen || this.#isReading) return;
    this.#isReading = true;
    this.#parts.clock.run(() => this.#readAll());
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#isWoken && this.#progress.length < readAheadMax) {
        this.#isWoken = false;
        const records = await this.#reader.read(this.#parts.clock.now());
        for (const record of records) this.#take(record);
        for (const lane of this.#lanes) lane.wake();
        if (records.length > 0) this.#isWoken = true;
      }
    } catch (error) {
      const { clock } = this.#parts;
      clock.schedule(clock.now() + readAgainAfterMs, () => this.wake());
      throw error;
    } finally {
      this.#isReading = false;
    }
  }

  #take(record: StreamRecord): void {
    const progress = { sequence: record.sequence, isDone: false };
    this.#progress.push(progress);
    this.#progressBySequence.set(record.sequence, progress);
    if (!this.#parts.mapping.matches(record.record)) {
      this.#done([record]);
      return;
    }
    this.#lanes[laneOf(record.partition, this.#lanes.length)]?.add(record);
  }

  #done(records: readonly StreamRecord[]): void {
    for (const { sequence } of records) {
      const progress = this.#progressBySequence.get(sequence);
      if (progress !== undefined) progress.isDone = true;
      this.#progressBySequence.delete(sequence);
    }
    let last: string | undefined;
    while (this.#progress[0]?.isDone === true) last = this.#progress.shift()?.sequence;
    if (last === undefined) return;
    this.#state.setMark(this.#markName, last);
    if (this.#isWoken) this.wake();
  }

  get #markName(): string {
    return `stream ${this.#parts.mapping.sourceArn} ${this.#parts.mapping.functionName}`;
  }
}

function laneOf(partition: string, lanes: number): number {
  return lanes === 1 ? 0 : createHash('sha256').update(partition).digest().readUInt32BE(0) % lanes;
}
