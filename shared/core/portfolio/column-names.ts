import {
  rowColumns,
  type AttributeColumn,
  type FileColumn,
  type RowColumn,
} from '#shared/contracts/portfolio-row.ts';

const known: ReadonlySet<string> = new Set(rowColumns);
const byLooseName: ReadonlyMap<string, string> = new Map(rowColumns.map((column) => [loose(column), column]));

/** A column that the contract names. */
export function isRowColumn(column: string): column is RowColumn {
  return known.has(column);
}

/** A column that is kept as an attribute. */
export function isAttribute(column: string): column is AttributeColumn {
  return /^x_[A-Za-z0-9_]{1,62}$/.test(column);
}

/** A column that a portfolio file may have. */
export function isFileColumn(column: string): column is FileColumn {
  return isRowColumn(column) || isAttribute(column);
}

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
