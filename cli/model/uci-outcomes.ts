import type { Account } from '#shared/contracts/account.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { toAccount } from '#shared/core/portfolio/to-account.ts';
import { toInstant } from '#shared/kernel/instant.ts';
import { openPortfolio } from '#shared/usecases/open-portfolio.ts';
import { portfolioHeader, portfolioLine } from '../portfolio/row-text.ts';
import type { UciMonth, UciRecord } from '../portfolio/uci-record.ts';
import { lastDayOf, uciColumns, uciRow } from '../portfolio/uci-row.ts';

/** A cardholder who was late at the end of a month: the account as an import would store it, and the record it is of. */
export interface LateAccount {
  readonly record: UciRecord;
  readonly account: Account;
  /** The last day of the month. */
  readonly today: LocalDate;
}

/**
 * The accounts that are late at the end of a month, written as a portfolio file and read again as `dunwell import` reads
 * one: what the model learns from is what it will meet.
 *
 * @throws Error when a row of our own would be refused.
 */
export async function lateAccounts(
  records: readonly UciRecord[],
  month: UciMonth,
  seed: number,
): Promise<LateAccount[]> {
  const today = lastDayOf(month);
  const now = toInstant(Date.parse(today));
  const late = records.filter(({ months }) => months[month].status >= 1);
  const text = [
    portfolioHeader(uciColumns),
    ...late.map((record) => portfolioLine(uciRow(record, { month, seed, shiftDays: 0 }), uciColumns)),
  ];
  const opened = await openPortfolio(bytesOf(text), { today });
  if (opened.kind === 'refused') throw new Error(opened.errors.map(({ message }) => message).join('; '));
  const found: LateAccount[] = [];
  for await (const line of opened.lines) {
    if ('errors' in line) throw new Error(line.errors.map(({ message }) => message).join('; '));
    const record = late[found.length];
    if (record === undefined) throw new Error('more rows were read than written');
    const account = toAccount({ row: line.row, feedHash: '' }, undefined, { now, today });
    found.push({ record, account, today });
  }
  return found;
}

async function* bytesOf(text: readonly string[]): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(Buffer.from(text.join('')));
}

/** Statuses that tell a month's end without anything late, for each reading of the code 1. */
const curedMax = { late: 0, cured: 1 } as const;

/**
 * Whether an account had not cured by the end of a month: 1 when its status then is still some months late.
 *
 * @param codeOne how status 1 is read. Before September 2005 it hardly occurs; in September it takes over what was
 *   written as 0 and 2 before, and nobody can say which of the two it was.
 */
export function notCured(record: UciRecord, month: UciMonth, codeOne: 'late' | 'cured' = 'late'): 0 | 1 {
  return record.months[month].status > curedMax[codeOne] ? 1 : 0;
}
