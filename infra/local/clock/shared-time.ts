/**
 * The virtual time as a few shared bytes, so that the main thread (which moves it) and every worker thread
 * (a function, the queue emulator) read the same instant without asking each other.
 *
 * The cell holds an anchor: virtual instant (epoch ms), real instant (monotonic ms) and speed. Speed 0 is a held
 * clock. A sequence number that is odd while the anchor is being written keeps readers from mixing two anchors.
 */
const sequenceBytes = 8;
const anchorFields = 3;

interface TimeAnchor {
  readonly virtualMs: number;
  readonly realMs: number;
  /** Virtual milliseconds per real millisecond; 0 holds the clock. */
  readonly speed: number;
}

/** A new cell, held at the given instant. */
export function createTimeCell(startAtMs: number): SharedArrayBuffer {
  const cell = new SharedArrayBuffer(sequenceBytes + anchorFields * Float64Array.BYTES_PER_ELEMENT);
  writeAnchor(cell, { virtualMs: startAtMs, realMs: monotonicMs(), speed: 0 });
  return cell;
}

/** Only the thread that owns the clock writes. */
export function writeAnchor(cell: SharedArrayBuffer, anchor: TimeAnchor): void {
  const sequence = new Int32Array(cell, 0, 1);
  const fields = new Float64Array(cell, sequenceBytes, anchorFields);
  Atomics.add(sequence, 0, 1);
  fields[0] = anchor.virtualMs;
  fields[1] = anchor.realMs;
  fields[2] = anchor.speed;
  Atomics.add(sequence, 0, 1);
}

/** A reader of whole virtual milliseconds, for `Date.now`. */
export function timeReader(cell: SharedArrayBuffer): () => number {
  const sequence = new Int32Array(cell, 0, 1);
  const fields = new Float64Array(cell, sequenceBytes, anchorFields);
  return () => {
    for (;;) {
      const before = Atomics.load(sequence, 0);
      const [virtualMs = 0, realMs = 0, speed = 0] = fields;
      if (before % 2 === 0 && Atomics.load(sequence, 0) === before) {
        return Math.floor(speed === 0 ? virtualMs : virtualMs + (monotonicMs() - realMs) * speed);
      }
    }
  };
}

/** Milliseconds of the process-wide monotonic clock: the same in every thread, unlike `performance.now`. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1_000_000;
}
