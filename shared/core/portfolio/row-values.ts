import { rowColumns, type RowError } from '#shared/contracts/portfolio-row.ts';
import type { RowValues } from './check-row.ts';
import { unknownColumn } from './column-names.ts';

/** Values of one CSV record by the header's columns. Both have the same length. */
export function valuesOfCells(columns: readonly string[], cells: readonly string[]): RowValues {
  const fields: Record<string, string> = {};
  const attributes: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const value = cells[index]?.trim() ?? '';
    if (value === '') continue;
    (column.startsWith('x_') ? attributes : fields)[column] = value;
  }
  return { fields, attributes };
}

const known: ReadonlySet<string> = new Set(rowColumns);

/**
 * Values of one JSON object with the columns' names as keys. Numbers are taken by their text, null is an empty value;
 * anything nested, a truth value or an unknown key is refused by name.
 */
export function valuesOfObject(
  object: Readonly<Record<string, unknown>>,
): RowValues & { readonly errors: readonly RowError[] } {
  const fields: [string, string][] = [];
  const attributes: [string, string][] = [];
  const errors: RowError[] = [];
  for (const [column, value] of Object.entries(object)) {
    const isAttribute = /^x_[A-Za-z0-9_]{1,62}$/.test(column);
    const text = textOf(value);
    if (!isAttribute && !known.has(column)) {
      errors.push({ problem: 'unknown_column', column, message: `${column} ${unknownColumn(column)}` });
    } else if (text === null) {
      errors.push({
        problem: 'bad_type',
        column,
        message: `${column} is neither text nor a number: write one of them`,
      });
    } else if (text !== '') {
      (isAttribute ? attributes : fields).push([column, text]);
    }
  }
  return { fields: Object.fromEntries(fields), attributes: Object.fromEntries(attributes), errors };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  return value === null ? '' : null;
}
