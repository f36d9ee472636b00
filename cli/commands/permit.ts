import type { Readable, Writable } from 'node:stream';
import type { PermitDecision, PermitError } from '#shared/contracts/permission.ts';
import { answerLines } from '../answer-lines.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { decider, type Decide } from '../permit-decider.ts';
import { readPermitLine } from '../permit-line.ts';
import { packsDirDefault, readPacks } from '../read-packs.ts';

/**
 * `dunwell permit`: reads requests from the input, one JSON object a line, and writes one decision for each, in the same
 * order and in constant memory. A line that is no request gives an error line and does not stop the others; the exit
 * status is then 2, as it is when the packs cannot be used and nothing is judged.
 */
export async function permitCommand(
  args: { readonly packsDir?: string },
  io: { readonly input: Readable; readonly output: Writable; readonly errors?: Writable },
): Promise<ExitStatus> {
  const { found, errors } = await readPacks(args.packsDir ?? packsDirDefault);
  if (errors.length > 0) {
    for (const error of errors) (io.errors ?? process.stderr).write(`${configErrorText(error)}\n`);
    return exitStatus.refused;
  }
  const decide = decider(found.map(({ value }) => value));
  return answerLines(io, (line) => decideLine(line, decide));
}

function decideLine(line: string, decide: Decide): PermitDecision | PermitError {
  const read = readPermitLine(line);
  return read.ok ? decide(read.request) : { id: read.id, error: read.error };
}
