import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** What an outside service still knows when our machine dies: one JSON object a line, written before it answers. */
export interface Journal<Entry> {
  /** All entries of earlier runs, oldest first. */
  readonly restored: readonly Entry[];
  append(entry: Entry): void;
}

/**
 * Opens the journal at `path`, or one that forgets everything when there is no path. A last line that a crash cut off
 * was never answered for, and is removed.
 *
 * @throws when a whole line is not an entry: the file is of another version or something else.
 */
export function openJournal<Entry>(path: string | undefined, schema: z.ZodType<Entry>): Journal<Entry> {
  if (path === undefined) return { restored: [], append: () => undefined };
  mkdirSync(dirname(path), { recursive: true });
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  const restored = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => parseLine(line, schema, `${path}:${index + 1}`));
  return { restored, append: (entry) => appendFileSync(path, `${JSON.stringify(entry)}\n`) };
}

function parseLine<Entry>(line: string, schema: z.ZodType<Entry>, where: string): Entry {
  const parsed = schema.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  throw new Error(`${where} is not an entry that this version wrote. Start with an empty --data directory.`);
}
