import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Writable } from 'node:stream';
import { configFileKinds } from '../config/config-files.ts';
import { configErrorText } from '../config/config-error.ts';
import { configReference } from '../config/reference.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { readConfig, type ReadConfig } from '../read-config.ts';
import { jsonSchemaOf } from '../schema-nodes.ts';

/** A place in this project, as a path from where the command is run: errors then name files that a terminal can open. */
function inProject(path: string): string {
  return relative(process.cwd(), join(import.meta.dirname, '../..', path));
}

interface Outputs {
  readonly output: Writable;
  readonly errors: Writable;
}

/**
 * `dunwell config validate [DIR] [--json]`: reads and checks a configuration folder. Errors go to the error output, one a
 * line as `file:line: field problem; fix`; with `json` one JSON object goes to the output instead.
 */
export async function configValidateCommand(
  args: { readonly dir?: string; readonly json?: boolean; readonly today?: string },
  io: Outputs,
): Promise<ExitStatus> {
  const dir = args.dir ?? inProject('config');
  const read = await readConfig(dir, args.today === undefined ? {} : { today: args.today });
  if (args.json === true) {
    const answer = read.ok ? { ok: true, version: read.bundle.version } : read;
    io.output.write(`${JSON.stringify(answer)}\n`);
  } else {
    writeReading(dir, read, io);
  }
  return read.ok ? exitStatus.done : exitStatus.refused;
}

function writeReading(dir: string, read: ReadConfig, { output, errors }: Outputs): void {
  if (!read.ok) {
    for (const error of read.errors) errors.write(`${configErrorText(error)}\n`);
    errors.write(
      `${dir} is refused: ${read.errors.length} ${read.errors.length === 1 ? 'error' : 'errors'}\n`,
    );
    return;
  }
  const { strategies, templates, creditors, policies, version } = read.bundle;
  const counts = [
    `${strategies.length} strategies`,
    `${templates.length} templates`,
    `${creditors.length} creditors`,
    `${policies.length} rule packs`,
  ];
  output.write(`${dir} is right: ${counts.join(', ')}; version ${version}\n`);
}

/** `dunwell config schema`: writes the JSON Schemas by which editors complete the files of config/. */
export async function configSchemaCommand(args: { readonly dir?: string }, io: Outputs): Promise<ExitStatus> {
  const dir = args.dir ?? inProject('config/schemas');
  await mkdir(dir, { recursive: true });
  for (const { name, text } of schemaFiles()) await writeFile(join(dir, name), text);
  io.output.write(`wrote ${configFileKinds.length} schemas to ${dir}\n`);
  return exitStatus.done;
}

/** The JSON Schema files: name and content. */
export function schemaFiles(): readonly { readonly name: string; readonly text: string }[] {
  return configFileKinds.map(({ name, files, schema }) => ({
    name: `${name}.schema.json`,
    text: `${JSON.stringify({ title: `config/${files}`, ...jsonSchemaOf(schema) }, null, 2)}\n`,
  }));
}

/** `dunwell config reference`: writes the description of every field of every file. */
export async function configReferenceCommand(
  args: { readonly file?: string },
  io: Outputs,
): Promise<ExitStatus> {
  const file = args.file ?? inProject('docs/config-reference.md');
  await writeFile(file, configReference(configFileKinds));
  io.output.write(`wrote ${file}\n`);
  return exitStatus.done;
}
