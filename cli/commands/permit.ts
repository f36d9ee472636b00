import type { Readable, Writable } from 'node:stream';
import type { PermitDecision, PermitError, PermitRequest } from '#shared/contracts/permission.ts';
import type { RulePack } from '#shared/contracts/rule-pack.ts';
import { compilePacks, type CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import { permit } from '#shared/core/permission/permit.ts';
import { configErrorText } from '../config/config-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { holidayTable, type YearRange } from '../holiday-table.ts';
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

type Decide = (request: PermitRequest) => PermitDecision | PermitError;

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

/** Decides with holidays of whatever years the requests ask for: the table grows when a year is new. */
function decider(packs: readonly RulePack[]): Decide {
  let years: YearRange = { from: Infinity, to: -Infinity };
  let compiled: CompiledPacks | undefined;
  return (request) => {
    const year = Number(request.at.slice(0, 4));
    // A search may begin on the last day of a year, look at the day before and reach sixty days into the next year.
    if (compiled === undefined || year <= years.from || year >= years.to) {
      years = { from: Math.min(years.from, year - 1), to: Math.max(years.to, year + 1) };
      compiled = compilePacks(packs, holidayTable(packs, years));
    }
    return permit(request, compiled);
  };
}

function drained(output: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once('drain', resolve);
    output.once('error', reject);
    output.once('close', resolve);
  });
}
