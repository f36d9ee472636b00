import type { Writable } from 'node:stream';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { lintPacks, packsReportText } from '../lint-packs.ts';
import { packsDirDefault, readPacks } from '../read-packs.ts';

/** `dunwell packs lint`: checks the rule packs of a folder and lists the rules that are not enforced yet. */
export async function lintPacksCommand(
  args: { readonly packsDir?: string; readonly json?: boolean },
  io: { readonly output: Writable },
): Promise<ExitStatus> {
  const { found, errors } = await readPacks(args.packsDir ?? packsDirDefault);
  const linted = lintPacks(found);
  const report = { ...linted, errors: [...errors, ...linted.errors] };
  io.output.write(
    args.json === true ? `${JSON.stringify(report, null, 2)}\n` : packsReportText(report, found),
  );
  return report.errors.length === 0 ? exitStatus.done : exitStatus.refused;
}
