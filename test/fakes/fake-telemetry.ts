import type { LogFields, Telemetry } from '#functions/_runtime/telemetry.ts';

/** Telemetry that keeps what it is told. */
export interface FakeTelemetry extends Telemetry {
  readonly counts: Readonly<Record<string, number>>;
  readonly lines: readonly { readonly event: string; readonly fields: LogFields; readonly cause?: unknown }[];
}

export function createFakeTelemetry(): FakeTelemetry {
  const counts: Record<string, number> = {};
  const lines: { event: string; fields: LogFields; cause?: unknown }[] = [];
  return {
    counts,
    lines,
    count: (reason, by = 1) => {
      counts[reason] = (counts[reason] ?? 0) + by;
    },
    info: (event, fields = {}) => lines.push({ event, fields }),
    error: (event, cause, fields = {}) => lines.push({ event, fields, cause }),
  };
}
