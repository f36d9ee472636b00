import { rowColumns } from '#shared/contracts/portfolio-row.ts';

const byLooseName: ReadonlyMap<string, string> = new Map(rowColumns.map((column) => [loose(column), column]));

/** What to tell about a column that no portfolio has: the likely meant one (`due_date` -> `dueDate`), or the way out. */
export function unknownColumn(column: string): string {
  const meant = byLooseName.get(loose(column));
  return meant === undefined
    ? 'is no column of a portfolio: leave it out, or begin its name with x_ (letters, digits and _) to keep it as an attribute'
    : `is no column of a portfolio: write ${meant}`;
}

/** Case, blanks, hyphens and underscores are what people get wrong most often. */
function loose(column: string): string {
  return column.toLowerCase().replaceAll(/[^a-z]/g, '');
}
