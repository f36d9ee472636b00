import type * as z from 'zod';
import type { FunctionName } from '#shared/contracts/environment.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { readEnvironment } from './environment.ts';
import { systemClock } from './system-clock.ts';
import { createTelemetry, type FunctionTelemetry } from './telemetry.ts';

/** What every function starts with. */
export interface FunctionStart<Environment> {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly telemetry: FunctionTelemetry;
}

/** Reads a function's own environment and opens its telemetry; the only place that touches `process`. */
export function startFunction<Environment>(
  name: FunctionName,
  schema: z.ZodType<Environment>,
): FunctionStart<Environment> {
  const write = (line: string): void => void process.stdout.write(`${line}\n`);
  return {
    environment: readEnvironment(schema, process.env),
    clock: systemClock,
    telemetry: createTelemetry({ service: name, clock: systemClock, write }),
  };
}
