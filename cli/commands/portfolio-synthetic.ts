import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { portfolioHeader, portfolioLine } from '../portfolio/row-text.ts';
import { syntheticPeople } from '../portfolio/synthetic-people.ts';

export interface SyntheticArgs {
  readonly people: number;
  readonly seed: number;
  readonly today: LocalDate;
}

/** `dunwell portfolio synthetic`: writes a portfolio of invented people. Same arguments, same bytes. */
export async function syntheticCommand(
  args: SyntheticArgs,
  { output }: { readonly output: Writable },
): Promise<ExitStatus> {
  await pipeline(Readable.from(syntheticText(args)), output, { end: false });
  return exitStatus.done;
}

/** The text of the file, line by line. */
export function* syntheticText(args: SyntheticArgs): Generator<string, void, undefined> {
  yield portfolioHeader(['x_segment', 'x_birth_date']);
  for (const row of syntheticPeople(args)) yield portfolioLine(row, ['x_segment', 'x_birth_date']);
}
