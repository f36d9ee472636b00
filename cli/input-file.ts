import { stat } from 'node:fs/promises';
import { CommandError } from './command-error.ts';
import { exitStatus } from './exit-status.ts';

/**
 * Size of a file that a command is to read, in bytes.
 *
 * @throws CommandError when there is no such file, or it is a folder.
 */
export async function sizeOfInput(file: string): Promise<number> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new CommandError(
      exitStatus.refused,
      'no_file',
      [`${file}: there is no such file; check the path`],
      { cause },
    );
  });
  if (found.isDirectory()) {
    throw new CommandError(exitStatus.refused, 'no_file', [`${file}: is a folder; name a file in it`]);
  }
  return found.size;
}
