import { createReadStream } from 'node:fs';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { readLines } from '../read-lines.ts';
import { isUciHeader, readUciLine, type UciRecord } from './uci-record.ts';

/**
 * The cardholders of the UCI file, in its order.
 *
 * @throws CommandError when the file is not the one of the UCI Machine Learning Repository.
 */
export async function* readUci(file: string): AsyncGenerator<UciRecord, void, undefined> {
  let line = 0;
  for await (const lines of readLines(createReadStream(file))) {
    for (const text of lines) {
      line += 1;
      const record = line === 1 ? checkHeader(file, text) : recordOf(file, line, text);
      if (record !== null) yield record;
    }
  }
}

function checkHeader(file: string, text: string): null {
  if (isUciHeader(text)) return null;
  const sentence = `${file}: is not the UCI file "default of credit card clients" (its header is ID,X1,…,X23,Y)`;
  throw new CommandError(exitStatus.refused, 'not_uci', [sentence]);
}

function recordOf(file: string, line: number, text: string): UciRecord | null {
  if (text.trim() === '') return null;
  const record = readUciLine(text);
  if (record !== null) return record;
  const sentence = `${file}: line ${line} has not 25 whole numbers with a status from -2 to 9; take the original file`;
  throw new CommandError(exitStatus.refused, 'not_uci', [sentence]);
}
