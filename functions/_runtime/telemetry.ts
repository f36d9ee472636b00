import { metricNamespace } from '#shared/contracts/metric-names.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { redact } from './redact.ts';

/** Longest message and longest stack that are logged, in characters. */
const messageLengthMax = 1_000;
const stackLengthMax = 4_000;

/** What may stand in a log line: no objects, so that nobody's data gets in by accident. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** How a function tells operators what it does. */
export interface Telemetry {
  /** Counts an outcome under its reason; the counts of one invocation leave together. */
  count(reason: string, by?: number): void;
  info(event: string, fields?: LogFields): void;
  /** For what an operator should see. Called once per error, where it is handled. */
  error(event: string, cause: unknown, fields?: LogFields): void;
}

/** Telemetry of one function: its counts are written when an invocation ends. */
export interface FunctionTelemetry extends Telemetry {
  startInvocation(requestId: string): void;
  flush(): void;
}

export interface TelemetryOptions {
  readonly service: string;
  readonly clock: Clock;
  readonly write: (line: string) => void;
}

/**
 * Writes JSON lines, and counts in CloudWatch's embedded metric format, which turns log lines into metrics without a call.
 * Written by hand, because the usual library would be a tenth of a bundle (docs/decisions/0003-cold-starts.md).
 */
export function createTelemetry({ service, clock, write }: TelemetryOptions): FunctionTelemetry {
  const counts = new Map<string, number>();
  let requestId = '';
  const line = (level: string, event: string, fields: object): void => {
    const at = new Date(clock.now()).toISOString();
    write(redact(JSON.stringify({ level, event, at, service, requestId, ...fields })));
  };
  return {
    count: (reason, by = 1) => counts.set(reason, (counts.get(reason) ?? 0) + by),
    info: (event, fields = {}) => line('INFO', event, fields),
    error: (event, cause, fields = {}) => line('ERROR', event, { ...fields, ...describe(cause) }),
    startInvocation: (id) => {
      requestId = id;
    },
    flush: () => {
      if (counts.size === 0) return;
      write(JSON.stringify(embeddedMetrics(service, clock.now(), counts)));
      counts.clear();
    },
  };
}

function embeddedMetrics(service: string, timestamp: number, counts: ReadonlyMap<string, number>): object {
  const metrics = [...counts.keys()].map((name) => ({ Name: name, Unit: 'Count' }));
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [['service']], Metrics: metrics }],
    },
    service,
    ...Object.fromEntries(counts),
  };
}

function describe(cause: unknown): object {
  if (!(cause instanceof Error)) return { error: String(cause).slice(0, messageLengthMax) };
  const because =
    cause.cause instanceof Error ? { because: cause.cause.message.slice(0, messageLengthMax) } : {};
  return {
    error: cause.name,
    message: cause.message.slice(0, messageLengthMax),
    ...because,
    stack: cause.stack?.slice(0, stackLengthMax),
  };
}
