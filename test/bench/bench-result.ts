import { arch, cpus, platform } from 'node:os';

/** One measured figure, beside the peer's of the same run or the limit it is held to. */
export interface BenchResult {
  readonly name: string;
  readonly unit: string;
  readonly own: number;
  readonly peer?: number;
  readonly peerName?: string;
  /** `own` ÷ `peer`. */
  readonly ratio?: number;
  readonly goal: string;
  readonly met: boolean;
  /** Where it was measured: absolute figures mean nothing without it. */
  readonly machine: string;
}

/** The machine in words, such as `2 × Some CPU, linux x64, Node v24.21.0`. */
export function thisMachine(): string {
  const all = cpus();
  return `${String(all.length)} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${platform()} ${arch()}, Node ${process.version}`;
}

/** The middle value; of an even number of values the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
