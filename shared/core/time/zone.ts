import { dayMs } from '#shared/kernel/instant.ts';
import { type LocalDay } from '#shared/kernel/local-date.ts';

/** A stretch of time, [start, end) in epoch milliseconds, in which a zone's clocks keep one distance from UTC. */
export type Segment = { readonly start: number; readonly end: number; readonly offsetMs: number };

/**
 * A time zone with its table of offsets. The table grows by itself, a chunk of 13 months at a time, and is read from the
 * platform's own zone data once; a look-up then costs a comparison instead of a date library's microseconds.
 */
export type Zone = {
  readonly name: string;
  readonly clock: Intl.DateTimeFormat;
  readonly chunks: Map<number, readonly Segment[]>;
  /** The segment that was asked for last: most questions in one decision fall into it. */
  last: Segment;
};

/** Length of a chunk of the table: 2^35 ms, about 398 days. */
const chunkMs = 2 ** 35;
/** Clocks are compared this far apart. The shortest time that a change ever held since 1970 is seven days (Brazil 2000). */
const probeMs = 2 * dayMs;
/** More names than the zone data has: beyond it, somebody sends the same zones in ever different spelling. */
const zonesMax = 2_000;

const zones = new Map<string, Zone>();
const noSegment: Segment = { start: 0, end: 0, offsetMs: 0 };

/** The zone of an IANA name such as `Asia/Shanghai`; undefined when there is none of that name. Offsets are no zones. */
export function zoneNamed(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const clock = clockOf(name);
  if (clock === undefined) return undefined;
  if (zones.size >= zonesMax) zones.clear();
  const zone: Zone = { name, clock, chunks: new Map(), last: noSegment };
  zones.set(name, zone);
  return zone;
}

/** The stretch of constant offset around a moment. It may end where the table's chunk ends, without a change of clocks. */
export function segmentAt(zone: Zone, at: number): Segment {
  const last = zone.last;
  if (at >= last.start && at < last.end) return last;
  const index = Math.floor(at / chunkMs);
  let segments = zone.chunks.get(index);
  if (segments === undefined) {
    segments = readChunk(zone.clock, index * chunkMs, (index + 1) * chunkMs);
    zone.chunks.set(index, segments);
  }
  for (const segment of segments) {
    if (at < segment.end) {
      zone.last = segment;
      return segment;
    }
  }
  throw new RangeError(`${at} is no moment`);
}

/** The calendar date that people in the zone write at a moment. */
export function localDayAt(zone: Zone, at: number): LocalDay {
  return Math.floor((at + segmentAt(zone, at).offsetMs) / dayMs);
}

/**
 * A moment after `at`, not after the first one whose local date is `day` or later. Where clocks change before, it is the
 * moment of the change: there a date can return, so that the caller has to look again.
 */
export function dayReached(zone: Zone, day: LocalDay, at: number): number {
  const segment = segmentAt(zone, at);
  return Math.min(day * dayMs - segment.offsetMs, segment.end);
}

function clockOf(name: string): Intl.DateTimeFormat | undefined {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch {
    return undefined;
  }
}

function readChunk(clock: Intl.DateTimeFormat, start: number, end: number): readonly Segment[] {
  const segments: Segment[] = [];
  let from = start;
  let offsetMs = readOffset(clock, start);
  for (let probe = start; probe < end; probe += probeMs) {
    const next = Math.min(probe + probeMs, end);
    const nextOffset = readOffset(clock, next);
    if (nextOffset === offsetMs) continue;
    const change = findChange(clock, probe, next);
    segments.push({ start: from, end: change, offsetMs });
    from = change;
    offsetMs = nextOffset;
  }
  // A change at the very end of the chunk belongs to the next one.
  if (from < end) segments.push({ start: from, end, offsetMs });
  return segments;
}

/** The first moment after `low` at which the offset is not that of `low` any more; by halving, down to a second. */
function findChange(clock: Intl.DateTimeFormat, low: number, high: number): number {
  const before = readOffset(clock, low);
  let same = low;
  let changed = high;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (readOffset(clock, middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}

/** Reads the wall clock from the fixed form `MM/DD/YYYY, HH:MM:SS` and takes its distance from UTC. */
function readOffset(clock: Intl.DateTimeFormat, at: number): number {
  const text = clock.format(at);
  const wallMs = Date.UTC(
    Number(text.slice(6, 10)),
    Number(text.slice(0, 2)) - 1,
    Number(text.slice(3, 5)),
    Number(text.slice(12, 14)),
    Number(text.slice(15, 17)),
    Number(text.slice(18, 20)),
  );
  return wallMs - Math.floor(at / 1_000) * 1_000;
}
