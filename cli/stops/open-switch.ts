import { toInstant, type Instant } from '#shared/kernel/instant.ts';
import type { Clock } from '#shared/ports/clock.ts';
import { readRunFile } from '../portfolio/run-file.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { openDestination, type Destination, type DestinationChoice } from '../portfolio/destination.ts';

export type SwitchChoice = Omit<DestinationChoice, 'readOnly'>;

/**
 * Works on the live table that is meant: stops, holds, parked payments. Unlike an import this never falls back on the project's
 * own local table: nothing runs on it, and whoever stopped something there would believe that it had stopped.
 *
 * @throws CommandError when no table is meant, or it does not answer.
 */
export async function onSwitch<T>(
  choice: SwitchChoice,
  work: (place: Destination) => Promise<T>,
): Promise<T> {
  refuseNobodysTable(choice);
  const place = await openDestination({ ...choice, readOnly: true });
  try {
    return await work(place);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const sentence = `${place.description} did not answer (${why}): nobody knows whether that took effect; run it again, which is safe`;
    throw new CommandError(exitStatus.broken, 'broken', [sentence], { cause });
  } finally {
    await place.close();
  }
}

/** The time of the local run, if the table is that of one; else the machine's. */
export function clockAt({ now: there }: Destination, { now }: { readonly now: () => Instant }): Clock {
  const present = there === undefined ? now() : toInstant(Date.parse(there));
  return { now: () => present };
}

function refuseNobodysTable({ table, environment, dotDir }: SwitchChoice): void {
  const isNamed = (table ?? environment['DUNWELL_TABLE'] ?? '') !== '';
  if (isNamed || readRunFile(dotDir) !== null) return;
  const sentence =
    'no local run is going on and no table is named: name the deployed one by --table or DUNWELL_TABLE; nothing was changed';
  throw new CommandError(exitStatus.refused, 'no_table', [sentence]);
}
