import { rowColumns, type RowColumn } from '#shared/contracts/portfolio-row.ts';

/** A row as a file says it; what is absent is an empty cell. */
export type WrittenRow = Readonly<Partial<Record<RowColumn, string | number>>> & {
  readonly extra?: Readonly<Record<`x_${string}`, string | number>>;
};

/** Writes rows as a portfolio file (CSV, LF). Columns: those of the contract, then the `x_` ones that are named. */
export function portfolioHeader(extraColumns: readonly `x_${string}`[]): string {
  return `${[...rowColumns, ...extraColumns].join(',')}\n`;
}

export function portfolioLine(row: WrittenRow, extraColumns: readonly `x_${string}`[]): string {
  const cells = rowColumns.map((column) => cellOf(row[column]));
  return `${[...cells, ...extraColumns.map((column) => cellOf(row.extra?.[column]))].join(',')}\n`;
}

function cellOf(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
