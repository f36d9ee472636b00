import {
  columnsMax,
  requiredColumns,
  type FileColumn,
  type FileError,
  type FileProblem,
} from '#shared/contracts/portfolio-row.ts';
import { brokenCharacter } from './broken-character.ts';
import { isFileColumn, isRowColumn, unknownColumn } from './column-names.ts';

export type Header =
  | { readonly kind: 'columns'; readonly columns: readonly FileColumn[] }
  | { readonly kind: 'refused'; readonly errors: readonly FileError[] };

/** The columns of a CSV file by its header row, or every reason for which the file is refused. */
export function readHeader(cells: readonly string[]): Header {
  const columns = cells.map((cell) => cell.trim());
  const errors = headerErrors(columns);
  return errors.length > 0
    ? { kind: 'refused', errors }
    : { kind: 'columns', columns: columns.filter(isFileColumn) };
}

function headerErrors(columns: readonly string[]): FileError[] {
  const alien = alienFile(columns);
  if (alien !== null) return [alien];
  return [
    ...(columns.length > columnsMax ? [tooManyColumns(columns.length)] : []),
    ...columns.flatMap((column, index) => columnErrors(column, columns.indexOf(column) !== index)),
    ...requiredColumns
      .filter((column) => !columns.includes(column))
      .map((column) => refuse('missing_column', column, 'is missing: every portfolio file has it')),
  ];
}

/** A file of another kind or encoding is told in one sentence, not in one for each column. */
function alienFile(columns: readonly string[]): FileError | null {
  const header = columns.join(',');
  const separator = columns.length === 1 ? /[;\t|]/.exec(header) : null;
  if (separator !== null) {
    const message = `the columns are separated by ${JSON.stringify(separator[0])}: save the file with commas`;
    return refuse('wrong_separator', null, message);
  }
  if (columns.some(isRowColumn)) return null;
  return refuse(
    'not_portfolio',
    null,
    'the first line has none of the columns of a portfolio: begin with a header row',
  );
}

/** What a first line shows without being taken apart: another encoding, or JSON that is not one object a line. */
export function alienText(firstLine: string): FileError | null {
  if (brokenCharacter.test(firstLine) || firstLine.includes('\u0000')) {
    return refuse('not_utf8', null, 'the file is not UTF-8 text (UTF-16 perhaps): save it as UTF-8');
  }
  return firstLine.startsWith('[')
    ? refuse('not_portfolio', null, 'the file is a JSON array: write one object a line (NDJSON), or CSV')
    : null;
}

function columnErrors(column: string, twice: boolean): FileError[] {
  if (twice) return [refuse('column_twice', column, 'is there twice: keep one of the two')];
  return isFileColumn(column) ? [] : [refuse('unknown_column', column, unknownColumn(column))];
}

function tooManyColumns(count: number): FileError {
  const message = `the file has ${count} columns, more than ${columnsMax}: leave out those that no strategy tests`;
  return refuse('too_many_columns', null, message);
}

function refuse(problem: FileProblem, column: string | null, message: string): FileError {
  return { problem, column, message: column === null ? message : `column ${shown(column)} ${message}` };
}

/** A name as it can be put into a sentence, however long or strange it is. */
function shown(column: string): string {
  const nameLengthMax = 64;
  return column.slice(0, nameLengthMax).replaceAll(/\p{Cc}/gu, '?') || '(without a name)';
}
