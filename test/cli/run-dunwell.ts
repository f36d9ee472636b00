import { execFile } from 'node:child_process';
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command as a user does, from the project's root. */
export function runDunwell(args: readonly string[], nodeOptions: readonly string[] = []): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...nodeOptions, 'cli/bin.mjs', ...args],
      { cwd: projectRoot, maxBuffer: 64_000_000, encoding: 'utf8' },
      (_error, output, errors) => {
        resolve({ status: child.exitCode, output, errors });
      },
    );
  });
}
