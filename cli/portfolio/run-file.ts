import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/** What a local run tells other commands while it lives: `.dunwell/run.json` in the project. */
const RunFileSchema = z.object({
  endpoint: z.url(),
  tableName: z.string().min(1),
  pid: z.int().positive(),
  /** Where its AWS calls go, and the stage whose template it runs. */
  gateway: z.url().optional(),
  stage: z.string().min(1).optional(),
  /** The run's virtual time when the file was written; absent: the machine's own. */
  now: z.iso.datetime({ offset: true }).optional(),
});
export type RunFile = z.infer<typeof RunFileSchema>;

/** The local run that is going on, or null: no file, one that cannot be read, or one whose process has ended. */
export function readRunFile(dotDir: string): RunFile | null {
  const parsed = RunFileSchema.safeParse(readJson(path.join(dotDir, 'run.json')));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else exists too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
