import type { FileColumn, RowColumn, RowError } from '#shared/contracts/portfolio-row.ts';
import { isAttribute, isRowColumn, unknownColumn } from './column-names.ts';

/** A row's values by column, as text, without blanks around them; `attributes` are the `x_…` columns. */
export type RowValues = Readonly<Record<RowColumn, string | undefined>> & {
  readonly attributes: Readonly<Record<string, string>>;
};

type MutableValues = Record<RowColumn, string | undefined> & { attributes: Record<string, string> };

/**
 * A row without values. It names every column, so that all rows have one shape: an object that grows by columns chosen
 * at run time becomes a hash table, and filling and checking a million of those takes twice as long (measured).
 */
function noValues(): MutableValues {
  return {
    accountId: undefined,
    debtorId: undefined,
    givenName: undefined,
    familyName: undefined,
    locale: undefined,
    currency: undefined,
    balance: undefined,
    pastDue: undefined,
    minimumDue: undefined,
    dueDate: undefined,
    product: undefined,
    country: undefined,
    region: undefined,
    postalCode: undefined,
    timeZone: undefined,
    phone: undefined,
    phoneKind: undefined,
    email: undefined,
    language: undefined,
    consents: undefined,
    riskScore: undefined,
    creditor: undefined,
    daysPastDue: undefined,
    attributes: {},
  };
}

/** Values of one CSV record by the header's columns. Both have the same length. */
export function valuesOfCells(columns: readonly FileColumn[], cells: readonly string[]): RowValues {
  const values = noValues();
  for (const [index, column] of columns.entries()) setValue(values, column, cells[index]?.trim() ?? '');
  return values;
}

/**
 * Values of one JSON object with the columns' names as keys. Numbers are taken by their text, null is an empty value;
 * anything nested, a truth value or an unknown key is refused by name.
 */
export function valuesOfObject(object: Readonly<Record<string, unknown>>): {
  readonly values: RowValues;
  readonly errors: readonly RowError[];
} {
  const values = noValues();
  const errors: RowError[] = [];
  for (const [column, value] of Object.entries(object)) {
    const text = textOf(value);
    if (!isRowColumn(column) && !isAttribute(column)) {
      errors.push({ problem: 'unknown_column', column, message: `${column} ${unknownColumn(column)}` });
    } else if (text === null) {
      const message = `${column} is neither text nor a number: write one of them`;
      errors.push({ problem: 'bad_type', column, message });
    } else {
      setValue(values, column, text);
    }
  }
  return { values, errors };
}

function setValue(values: MutableValues, column: FileColumn, value: string): void {
  if (value === '') return;
  if (isAttributeName(column)) values.attributes[column] = value;
  else values[column] = value;
}

/** Of columns that have been checked, those that begin with x_ are attributes. */
function isAttributeName(column: FileColumn): column is Exclude<FileColumn, RowColumn> {
  return column.startsWith('x_');
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  return value === null ? '' : null;
}
