import type { Readable, Writable } from 'node:stream';
import type { PermitDecision, PermitError } from '#shared/contracts/permission.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { decider, type Decide } from '../permit-decider.ts';
import { readLines } from '../read-lines.ts';
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
  return decideAll(io, decider(found.map(({ value }) => value)));
}

async function decideAll(
  io: { readonly input: Readable; readonly output: Writable },
  decide: Decide,
): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.done;
  for await (const lines of readLines(io.input)) {
    const decisions = lines.map((line) => decideLine(line, decide));
    if (decisions.some((decision) => 'error' in decision)) status = exitStatus.refused;
    const answer = decisions.map((decision) => `${JSON.stringify(decision)}\n`).join('');
    if (!io.output.write(answer)) await drained(io.output);
  }
  return status;
}

function decideLine(line: string, decide: Decide): PermitDecision | PermitError {
  const read = readPermitLine(line);
  return read.ok ? decide(read.request) : { id: read.id, error: read.error };
}

function drained(output: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once('drain', resolve);
    output.once('error', reject);
    output.once('close', resolve);
  });
}
