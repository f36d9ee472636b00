import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PaymentRequest } from '#shared/contracts/payment-request.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { daysBetween } from '#shared/core/time/local-time.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { sizeOfInput } from '../input-file.ts';
import { readUci } from '../portfolio/read-uci.ts';
import { portfolioHeader, portfolioLine } from '../portfolio/row-text.ts';
import type { UciMonth } from '../portfolio/uci-record.ts';
import { lastDayOf, uciColumns, uciPayments, uciRow, type UciSnapshot } from '../portfolio/uci-row.ts';

export interface FromUciArgs {
  readonly file: string;
  readonly month: UciMonth;
  readonly seed: number;
  /** The date that the snapshot's last day becomes; absent: dates stay those of 2005. */
  readonly today?: LocalDate | undefined;
  /** File for the later months' payments. */
  readonly payments?: string | undefined;
}

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
  yield portfolioHeader(uciColumns);
  for await (const record of readUci(file)) yield portfolioLine(uciRow(record, snapshot), uciColumns);
}

/** In the order in which they were booked, so that a replay only has to read on. */
async function* paymentsText(file: string, snapshot: UciSnapshot): AsyncGenerator<string, void, undefined> {
  const payments: PaymentRequest[] = [];
  for await (const record of readUci(file)) payments.push(...uciPayments(record, snapshot));
  payments.sort((a, b) => (a.bookedAt < b.bookedAt ? -1 : 1));
  for (const payment of payments) yield `${JSON.stringify(payment)}\n`;
}
