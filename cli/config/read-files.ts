import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { readYaml } from '../yaml-with-lines.ts';
import type { ConfigError, Sourced } from './config-error.ts';

/** Most files in one folder of a configuration: more is a mistake such as a copied data folder. */
const filesMax = 2_000;

export interface Reading<T> {
  readonly found: readonly Sourced<T>[];
  readonly errors: readonly ConfigError[];
}

/** Names in a folder by alphabet, hidden files and notes left out; null when there is no such folder. */
export async function listFolder(dir: string): Promise<readonly string[] | null> {
  try {
    const names = await readdir(dir);
    return names.filter((name) => !name.startsWith('.') && !name.endsWith('.md')).sort();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Reads one YAML file by its schema. */
export async function readYamlFile<S extends z.ZodType>(
  file: string,
  schema: S,
): Promise<Reading<z.output<S>>> {
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    if (error instanceof TypeError) return refused(file, 'is not UTF-8 text', 'save it as UTF-8');
    if (isMissing(error)) return refused(file, 'is missing', 'add the file');
    throw error;
  }
  const read = readYaml(text, schema);
  if (!read.ok) return { found: [], errors: read.problems.map((problem) => ({ file, ...problem })) };
  return { found: [{ file, value: read.value, lineOf: read.lineOf }], errors: [] };
}

/** A file that a deployment without anything to say in it leaves out. */
export async function readOptional<S extends z.ZodType>(
  dir: string,
  name: string,
  schema: S,
): Promise<Reading<z.output<S>>> {
  const names = await listFolder(dir);
  return names?.includes(name) === true ? readYamlFile(join(dir, name), schema) : { found: [], errors: [] };
}

/** How the files of a folder are named. */
interface IdOf<T> {
  readonly field: string;
  readonly of: (value: T) => string;
  /** Given where several versions of one thing may stand side by side. */
  readonly versionOf?: (value: T) => string;
  /** Whether the folder may be missing, or hold no file yet. */
  readonly isOptional?: true;
}

/**
 * Reads every `<id>.yaml` of a folder. A file that would not be read is an error: a strategy in `early.yml` that nobody
 * loads must not look as if it were in force. The id in the file must equal the file's name; where several versions of a
 * thing may exist, the name may be `<id>@<version>.yaml`.
 */
export async function readYamlFolder<S extends z.ZodType>(
  dir: string,
  schema: S,
  idOf: IdOf<z.output<S>>,
): Promise<Reading<z.output<S>>> {
  const names = await listFolder(dir);
  if (names === null || names.length === 0)
    return idOf.isOptional === true
      ? { found: [], errors: [] }
      : refused(dir, 'has no files', 'add at least one file');
  if (names.length > filesMax)
    return refused(dir, `has more than ${filesMax} files`, 'remove what does not belong');
  const found: Sourced<z.output<S>>[] = [];
  const errors: ConfigError[] = [];
  for (const name of names) {
    const file = join(dir, name);
    const reading = name.endsWith('.yaml') ? await readYamlFile(file, schema) : notRead(file);
    found.push(...reading.found);
    errors.push(...reading.errors, ...reading.found.flatMap((source) => misnamed(source, name, idOf)));
  }
  return { found, errors };
}

/** A file whose name says something else than what is in it. */
function misnamed<T>(source: Sourced<T>, name: string, { field, of, versionOf }: IdOf<T>): ConfigError[] {
  const id = of(source.value);
  const version = versionOf?.(source.value);
  if (name === `${id}.yaml` || (version !== undefined && name === `${id}@${version}.yaml`)) return [];
  const fix = `write ${name.slice(0, -'.yaml'.length)} or rename the file`;
  return [{ file: source.file, line: source.lineOf([field]), field, problem: `is "${id}" in ${name}`, fix }];
}

/** UTF-8 with or without a byte order mark. Throws TypeError when the bytes are no UTF-8. */
export async function readText(file: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
}

export function refused(file: string, problem: string, fix: string): Reading<never> {
  return { found: [], errors: [{ file, line: 1, field: '', problem, fix }] };
}

export function notRead(file: string): Reading<never> {
  return refused(
    file,
    'is not a file that is read here',
    'rename it (see docs/config-reference.md) or remove it',
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
