import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';

const run = promisify(execFile);

/** Longest that one call of git may take, in milliseconds. */
const gitTimeoutMs = 60_000;
/** What names a commit: no option, no path, nothing that a shell or git would read otherwise. */
const revisionForm = /^[A-Za-z0-9_][A-Za-z0-9_./~^@{}+-]{0,199}$/;

/**
 * Lays a folder out as it was in a revision, in a temporary folder that is gone when `use` has ended. Neither the work
 * tree nor git's index is touched.
 *
 * @throws CommandError when there is no such revision, or it does not have the folder.
 */
export async function withFolderOfRevision<T>(
  revision: string,
  folder: string,
  use: (dir: string) => Promise<T>,
): Promise<T> {
  const name = `git:${revision}`;
  if (!revisionForm.test(revision))
    throw refused(`"${revision}" is no revision of git: write one such as git:HEAD~1 or git:main`);
  const scratch = await mkdtemp(path.join(tmpdir(), 'dunwell-git-'));
  try {
    const git = gitIn(folder, path.join(scratch, 'index'));
    const where = await git(
      ['rev-parse', '--show-toplevel', '--show-prefix'],
      `${folder} is in no git repository`,
    );
    const [top = folder, inRepository = ''] = where.split('\n');
    const commit = await git(
      ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`],
      `${name}: there is no such revision`,
    );
    const missing = `${name} has no folder ${inRepository}`;
    await git(['read-tree', `${commit}:${inRepository}`], missing);
    const dir = path.join(scratch, 'folder');
    await git(['-C', top, 'checkout-index', '--all', `--prefix=${dir}/`], missing);
    return await use(dir);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Git with an index of its own, so that reading a tree leaves what the user has staged alone. */
function gitIn(cwd: string, index: string) {
  return async (args: readonly string[], otherwise: string): Promise<string> => {
    try {
      const env = { ...process.env, GIT_INDEX_FILE: index };
      const { stdout } = await run('git', [...args], { cwd, env, timeout: gitTimeoutMs });
      return stdout.trimEnd();
    } catch (cause) {
      throw refused(`${otherwise} (${firstLineOf(cause)})`, cause);
    }
  };
}

function firstLineOf(cause: unknown): string {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
  return (
    said.trim().split('\n')[0] ||
    (cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause))
  );
}

function refused(sentence: string, cause?: unknown): CommandError {
  return new CommandError(exitStatus.refused, 'no_revision', [sentence], { cause });
}
