import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PaymentRequest } from '#shared/contracts/payment-request.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { daysBetween } from '#shared/core/time/local-time.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { sizeOfInput } from '../input-file.ts';
import { portfolioHeader, portfolioLine } from '../portfolio/row-text.ts';
import { isUciHeader, readUciLine, type UciMonth, type UciRecord } from '../portfolio/uci-record.ts';
import { lastDayOf, uciPayments, uciRow, type UciSnapshot } from '../portfolio/uci-row.ts';
import { readLines } from '../read-lines.ts';

export interface FromUciArgs {
  readonly file: string;
  readonly month: UciMonth;
  readonly seed: number;
  /** The date that the snapshot's last day becomes; absent: dates stay those of 2005. */
  readonly today?: LocalDate | undefined;
  /** File for the later months' payments. */
  readonly payments?: string | undefined;
}

const extraColumns = ['x_credit_limit', 'x_age', 'x_months_late'] as const;

/**
 * `dunwell portfolio from-uci FILE --month 2005-07`: the cardholders of the UCI data as a portfolio at the end of a month,
 * and (with `payments`) what they paid in the months after it. Same arguments, same bytes.
 *
 * @throws CommandError when the file is not the one of the UCI Machine Learning Repository.
 */
export async function fromUciCommand(
  args: FromUciArgs,
  { output }: { readonly output: Writable },
): Promise<ExitStatus> {
  const { file, month, seed, today, payments } = args;
  await sizeOfInput(file);
  const shiftDays = today === undefined ? 0 : daysBetween(lastDayOf(month), today);
  const snapshot: UciSnapshot = { month, seed, shiftDays };
  await pipeline(Readable.from(portfolioText(file, snapshot)), output, { end: false });
  if (payments !== undefined) {
    await pipeline(Readable.from(paymentsText(file, snapshot)), createWriteStream(payments));
  }
  return exitStatus.done;
}

async function* portfolioText(file: string, snapshot: UciSnapshot): AsyncGenerator<string, void, undefined> {
  yield portfolioHeader(extraColumns);
  for await (const record of readUci(file)) yield portfolioLine(uciRow(record, snapshot), extraColumns);
}

/** In the order in which they were booked, so that a replay only has to read on. */
async function* paymentsText(file: string, snapshot: UciSnapshot): AsyncGenerator<string, void, undefined> {
  const payments: PaymentRequest[] = [];
  for await (const record of readUci(file)) payments.push(...uciPayments(record, snapshot));
  payments.sort((a, b) => (a.bookedAt < b.bookedAt ? -1 : 1));
  for (const payment of payments) yield `${JSON.stringify(payment)}\n`;
}

async function* readUci(file: string): AsyncGenerator<UciRecord, void, undefined> {
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
