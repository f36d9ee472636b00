import { createReadStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import { ingestRows, type IngestSummary } from '#shared/usecases/ingest-rows.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { sizeOfInput } from '../input-file.ts';
import { openDestination, type Destination, type DestinationChoice } from '../portfolio/destination.ts';
import { startProgress } from '../portfolio/progress-bar.ts';
import { openRejectedFile } from '../portfolio/rejected-file.ts';

export interface ImportArgs {
  readonly file: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly table?: string | undefined;
  readonly endpoint?: string | undefined;
  /** Date by which due dates are judged, instead of the present one. */
  readonly today?: LocalDate | undefined;
}

export interface ImportSurroundings extends Pick<DestinationChoice, 'environment' | 'dotDir'> {
  readonly output: Writable;
  readonly errors: NodeJS.WriteStream;
  readonly now: () => Instant;
}

/**
 * `dunwell import FILE`: brings a portfolio file into the Debtors table. Rows that are refused go to FILE.rejected.csv
 * with their reasons, and the rest is imported. A dry run compares with the table but writes nothing to it.
 *
 * @throws CommandError when the file is refused as a whole, or the table does not answer.
 */
export async function importCommand(args: ImportArgs, around: ImportSurroundings): Promise<ExitStatus> {
  const bytesTotal = await sizeOfInput(args.file);
  const place = await openDestination({ ...around, ...args, readOnly: args.dryRun });
  try {
    const result = await importFile(args, { ...around, place, bytesTotal });
    around.output.write(args.json ? `${JSON.stringify(result)}\n` : inWords(result));
  } finally {
    await place.close();
  }
  return exitStatus.done;
}

interface ImportResult extends IngestSummary {
  readonly file: string;
  readonly destination: string;
  readonly dryRun: boolean;
  readonly rejectedFile: string | null;
}

async function importFile(
  args: ImportArgs,
  around: ImportSurroundings & { readonly place: Destination; readonly bytesTotal: number },
): Promise<ImportResult> {
  const { file, dryRun } = args;
  const { place } = around;
  const now = nowOf(args, around);
  const bytes = createReadStream(file);
  const portfolio = await openPortfolio(bytes, { today: localDateAt('UTC', now) });
  if (portfolio.kind === 'refused') {
    const reasons = portfolio.errors.map(({ message }) => `${file}: ${message}`);
    throw new CommandError(exitStatus.refused, portfolio.errors[0]?.problem ?? 'refused', reasons);
  }
  const rejected = await openRejectedFile(file);
  const progress = startProgress(around.errors, around.bytesTotal, args);
  try {
    const summary = await ingestRows(portfolio.lines, {
      store: dryRun ? { ...place.store, saveFeeds: () => Promise.resolve() } : place.store,
      clock: { now: () => now },
      onRejected: (line) => rejected.add(line),
      onProgress: ({ read }) => progress.update(bytes.bytesRead, read),
    });
    const rejectedFile = summary.rejected > 0 ? rejected.path : null;
    return { file, destination: place.description, dryRun, ...summary, rejectedFile };
  } catch (cause) {
    throw brokenOff(place, cause);
  } finally {
    progress.stop();
    await rejected.close();
    bytes.destroy();
  }
}

function nowOf(
  { today }: ImportArgs,
  { place, now }: { readonly place: Destination; readonly now: () => Instant },
): Instant {
  const stated = today ?? place.now;
  return stated === undefined ? now() : toInstant(Date.parse(stated));
}

function brokenOff({ description }: Destination, cause: unknown): CommandError {
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  const sentence = `the import into ${description} broke off (${why}); what was written stays, and running it again is safe`;
  return new CommandError(exitStatus.broken, 'broken_off', [sentence], { cause });
}

function inWords(result: ImportResult): string {
  const { read, imported, unchanged, cured, rejected, rejectedFile, destination, dryRun } = result;
  const verb = dryRun ? 'would be imported' : 'imported';
  const counts = `${read} rows: ${imported} ${verb} (${cured} of them cured), ${unchanged} unchanged, ${rejected} rejected\n`;
  const where = `${dryRun ? 'compared with' : 'in'} ${destination}\n`;
  return (
    counts + where + (rejectedFile === null ? '' : `rejected rows with their reasons: ${rejectedFile}\n`)
  );
}
