import type { Writable } from 'node:stream';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { sizeOfInput } from '../input-file.ts';
import { readUci } from '../portfolio/read-uci.ts';
import { replayText, replayUci } from '../portfolio/replay-uci.ts';
import type { UciMonth, UciRecord } from '../portfolio/uci-record.ts';

export interface ReplayUciArgs {
  readonly file: string;
  readonly month: UciMonth;
  readonly seed: number;
  readonly json: boolean;
}

/**
 * `dunwell portfolio replay-uci FILE --month 2005-07`: books what the cardholders of the UCI data paid after a month on the
 * accounts that were late at its end, and counts what was cured, partly paid and not paid. Same arguments, same counts.
 *
 * @throws CommandError when the file is not the one of the UCI Machine Learning Repository.
 */
export async function replayUciCommand(
  { file, month, seed, json }: ReplayUciArgs,
  { output }: { readonly output: Writable },
): Promise<ExitStatus> {
  await sizeOfInput(file);
  const records: UciRecord[] = [];
  for await (const record of readUci(file)) records.push(record);
  const replay = await replayUci(records, month, seed);
  output.write(json ? `${JSON.stringify(replay)}\n` : replayText(replay));
  return exitStatus.done;
}
