import type { Writable } from 'node:stream';
import { exitStatus, type ExitStatus } from './exit-status.ts';

/** An end of a command that its user can understand and mend: `reasons` are whole sentences. */
export class CommandError extends Error {
  readonly status: ExitStatus;
  /** One machine-readable name for the kind of error, for `--json`. */
  readonly problem: string;
  readonly reasons: readonly string[];

  constructor(status: ExitStatus, problem: string, reasons: readonly string[], options?: ErrorOptions) {
    super(reasons.join('; '), options);
    this.name = 'CommandError';
    this.status = status;
    this.problem = problem;
    this.reasons = reasons;
  }
}

/** Writes an error as sentences, or as one line of JSON; returns the exit status that belongs to it. */
export function reportError(
  error: unknown,
  output: Writable,
  { json }: { readonly json: boolean },
): ExitStatus {
  const known = error instanceof CommandError ? error : unexpected(error);
  const { problem, reasons, status } = known;
  output.write(
    json
      ? `${JSON.stringify({ error: problem, reasons })}\n`
      : reasons.map((one) => `dunwell: ${one}\n`).join(''),
  );
  return status;
}

function unexpected(error: unknown): CommandError {
  const sentence = error instanceof Error ? error.message : String(error);
  return new CommandError(exitStatus.broken, 'broken', [sentence], { cause: error });
}
