import type { RowError } from '#shared/contracts/portfolio-row.ts';

/** A row of a portfolio file that was not taken. */
export interface RejectedLine {
  readonly line: number;
  readonly accountId: string;
  readonly errors: readonly RowError[];
  /** The row as it stands in the file. */
  readonly text: string;
}

/** First line of a file of rejected rows. */
export const rejectedHeader = 'line,accountId,reasons,row\n';

/** A rejected row as one CSV line: where it stood, why it was refused, and its own text to be mended. */
export function toRejectedLine({ line, accountId, errors, text }: RejectedLine): string {
  const reasons = errors.map(({ message }) => message).join('; ');
  return `${line},${[accountId, reasons, text].map(quoted).join(',')}\n`;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
