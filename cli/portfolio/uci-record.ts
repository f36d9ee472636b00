/** Months of the data, newest first, as its columns stand: X6, X12 and X18 are September. */
export const uciMonths = ['2005-09', '2005-08', '2005-07', '2005-06', '2005-05', '2005-04'] as const;
export type UciMonth = (typeof uciMonths)[number];

/** What the data says of one cardholder in one month; amounts in New Taiwan dollars. */
export interface UciMonthRecord {
  /** -2 not used, -1 paid in full, 0 paid at least the minimum, n >= 1: n months late. */
  readonly status: number;
  /** The bill of that month; negative when the bank owes. */
  readonly bill: number;
  /** Paid in that month. */
  readonly paid: number;
}

export interface UciRecord {
  readonly id: number;
  readonly creditLimit: number;
  readonly age: number;
  readonly months: Readonly<Record<UciMonth, UciMonthRecord>>;
}

/** The header by which the file is known. */
const header = ['ID', ...Array.from({ length: 23 }, (_, index) => `X${index + 1}`), 'Y'].join(',');
const columnsCount = 25;
const statusAt = 6;
const billAt = 12;
const paidAt = 18;
const monthsLateMax = 9;

/** Whether a first line is that of the UCI file. */
export function isUciHeader(line: string): boolean {
  return line.replaceAll('"', '').trim() === header;
}

/** Reads one line of whole numbers; null when it is none. */
export function readUciLine(line: string): UciRecord | null {
  // Some round credit limits stand as 5.00E+05.
  const cells = line
    .split(',')
    .map((cell) => (/^-?\d[\d.]*(?:E\+\d\d)?$/.test(cell) ? Number(cell) : Number.NaN));
  if (cells.length !== columnsCount || !cells.every((cell) => Number.isSafeInteger(cell))) return null;
  const at = (column: number): number => cells[column] ?? 0;
  const month = (back: number): UciMonthRecord => ({
    status: at(statusAt + back),
    bill: at(billAt + back),
    paid: at(paidAt + back),
  });
  const months = {
    '2005-09': month(0),
    '2005-08': month(1),
    '2005-07': month(2),
    '2005-06': month(3),
    '2005-05': month(4),
    '2005-04': month(5),
  };
  const isKnown = Object.values(months).every(({ status }) => status >= -2 && status <= monthsLateMax);
  return isKnown ? { id: at(0), creditLimit: at(1), age: at(5), months } : null;
}
