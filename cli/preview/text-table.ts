/**
 * A table for a terminal, as wide as its widest cells. `align` has a letter for each column, `l` for words and `r` for
 * numbers; its last letter is for all further columns. Lines end without blanks.
 */
export function textTable(rows: readonly (readonly string[])[], align: string): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const pad = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return (align[column] ?? align.at(-1)) === 'l' ? cell.padEnd(width) : cell.padStart(width);
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}
