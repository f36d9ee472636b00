import path from 'node:path';
import type { Writable } from 'node:stream';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { configDiff, type ConfigDiff } from '#shared/core/config-diff/config-diff.ts';
import { readNamedConfig, type NamedConfig } from '../config/named-config.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';

export interface DiffArgs {
  /** A folder, or `git:REVISION` for the folder of the other side as it was in that revision. */
  readonly old: string;
  /** The same; default: the project's `config`. */
  readonly new?: string | undefined;
  /** The day around which both list public holidays. */
  readonly today: LocalDate;
  readonly json: boolean;
}

/**
 * `dunwell config diff OLD [NEW]`: what changes between two configurations in the words of operations, and what of it is
 * risky. Ends with 0 whether or not they differ (`--json` says `same`), with 2 when one of them is refused.
 *
 * @throws CommandError when a configuration is refused.
 */
export async function configDiffCommand(
  args: DiffArgs,
  { output }: { readonly output: Writable },
): Promise<ExitStatus> {
  const project = path.relative(process.cwd(), path.join(import.meta.dirname, '../../config')) || '.';
  const name = args.new ?? project;
  const folder = [name, args.old].find((one) => !one.startsWith('git:')) ?? project;
  const before = await readNamedConfig(args.old, { folder, today: args.today });
  const after = await readNamedConfig(name, { folder, today: args.today });
  const diff = configDiff(before.bundle, after.bundle);
  output.write(args.json ? `${JSON.stringify(inJson(before, after, diff))}\n` : inWords(before, after, diff));
  return exitStatus.done;
}

function inJson(before: NamedConfig, after: NamedConfig, diff: ConfigDiff) {
  const side = ({ name, bundle }: NamedConfig) => ({ name, version: bundle.version });
  return {
    same: before.bundle.version === after.bundle.version,
    old: side(before),
    new: side(after),
    ...diff,
  };
}

function inWords(before: NamedConfig, after: NamedConfig, { changes, risks }: ConfigDiff): string {
  const title = ({ name, bundle }: NamedConfig): string => `${name} (version ${bundle.version})`;
  const lines = [`${title(before)} → ${title(after)}`];
  if (before.bundle.version === after.bundle.version) lines.push('They say the same.');
  for (const { kind, name, what, details } of changes) {
    const heading = [kind, name].filter((part) => part !== '').join(' ');
    lines.push('', what === 'changed' ? heading : `${heading} ${what}`);
    lines.push(...details.map(({ words }) => `  ${words}`));
  }
  if (risks.length > 0) lines.push('', `Look twice before publishing (${risks.length})`);
  for (const { kind, name, words } of risks)
    lines.push(`  ${[kind, name].filter((part) => part !== '').join(' ')}: ${words}`);
  return lines.map((line) => `${line}\n`).join('');
}
