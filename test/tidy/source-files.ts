import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of the project: its path from the root with forward slashes, and what it says. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const root = path.resolve(import.meta.dirname, '../..');

const folders = ['shared', 'functions', 'infra', 'cli', 'config', 'docs', 'test'];
const readable = /\.(ts|mjs|js|json|ya?ml|md|csv|ndjson|liquid|mjml|txt)$/;
const planted = 'test/tidy/planted/';

/** Every readable file below a folder that is laid out as the project is; the faults planted for tests stay out. */
export function readSources(baseDir: string = root): SourceFile[] {
  return folders.flatMap((folder) => {
    const entries = tryRead(path.join(baseDir, folder));
    return entries
      .filter((entry) => entry.isFile() && readable.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => ({ path: path.relative(baseDir, file).replaceAll('\\', '/'), file }))
      .filter((found) => !found.path.startsWith(planted) && !found.path.includes('node_modules/'))
      .map((found) => ({ path: found.path, text: readFileSync(found.file, 'utf8') }));
  });
}

function tryRead(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}
