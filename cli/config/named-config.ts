import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { readConfig } from '../read-config.ts';
import { configErrorText } from './config-error.ts';
import { withFolderOfRevision } from './git-folder.ts';

/** A configuration with the name by which it was asked for. */
export interface NamedConfig {
  readonly name: string;
  readonly bundle: ConfigBundle;
}

const gitPrefix = 'git:';

/**
 * Reads a configuration that is named by its folder, or by `git:REVISION` as `folder` was in that revision.
 *
 * @throws CommandError with all errors of its files when it is refused.
 */
export function readNamedConfig(
  name: string,
  { folder, today }: { readonly folder: string; readonly today: LocalDate },
): Promise<NamedConfig> {
  if (!name.startsWith(gitPrefix)) return readFrom(name, name, today);
  return withFolderOfRevision(name.slice(gitPrefix.length), folder, (dir) => readFrom(dir, name, today));
}

async function readFrom(dir: string, name: string, today: LocalDate): Promise<NamedConfig> {
  const read = await readConfig(dir, { today });
  if (read.ok) return { name, bundle: read.bundle };
  const errors = read.errors.map((error) => ({ ...error, file: error.file.replace(dir, name) }));
  throw new CommandError(exitStatus.refused, 'config_refused', errors.map(configErrorText));
}
