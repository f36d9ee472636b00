import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { openJournal } from '#infra/local/twilio/journal.ts';

const EntrySchema = z.strictObject({ text: z.string() });
const freshPath = (): string =>
  join(mkdtempSync(join(tmpdir(), 'dunwell-journal-')), 'deeper', 'journal.ndjson');

it('gives back what was written, in order', () => {
  const path = freshPath();
  const first = openJournal(path, EntrySchema);
  first.append({ text: 'one' });
  first.append({ text: '二\n' });
  expect(openJournal(path, EntrySchema).restored).toEqual([{ text: 'one' }, { text: '二\n' }]);
});

it('drops a last line that a crash cut off, and writes on after it', () => {
  const path = freshPath();
  openJournal(path, EntrySchema).append({ text: '一' });
  appendFileSync(path, '{"text":"cut o');
  const journal = openJournal(path, EntrySchema);
  expect(journal.restored).toEqual([{ text: '一' }]);
  journal.append({ text: 'next' });
  expect(readFileSync(path, 'utf8')).toBe('{"text":"一"}\n{"text":"next"}\n');
});

it('refuses a file of another version and names the line and the remedy', () => {
  const path = freshPath();
  openJournal(path, EntrySchema).append({ text: 'one' });
  writeFileSync(path, '{"text":"one"}\n{"words":"two"}\n');
  expect(() => openJournal(path, EntrySchema)).toThrow(/journal\.ndjson:2 .*empty --data directory/);
});

it('forgets everything without a path', () => {
  const journal = openJournal(undefined, EntrySchema);
  journal.append({ text: 'one' });
  expect(openJournal(undefined, EntrySchema).restored).toEqual([]);
});
