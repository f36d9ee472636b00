import type { FileColumn, FileError, PortfolioLine, RowError } from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { brokenCharacter, notUtf8 } from './broken-character.ts';
import { checkRow, type CheckedRow } from './check-row.ts';
import { CsvRecords, type CsvRecord } from './csv-records.ts';
import { alienText, readHeader } from './check-header.ts';
import { JsonLines } from './json-lines.ts';
import { valuesOfCells, valuesOfObject } from './row-values.ts';

/** What one piece of a file gives: rows, or (only before the first row) why the whole file is refused. */
export type ReadPiece =
  | { readonly kind: 'lines'; readonly lines: readonly PortfolioLine[] }
  | { readonly kind: 'refused'; readonly errors: readonly FileError[] };

/** Reads one kind of portfolio file from its text, which comes in pieces. */
export interface PortfolioReader {
  push(piece: string): ReadPiece;
  end(): ReadPiece;
}

/** The reader for a file by its first character: NDJSON begins with a brace, CSV with its header. */
export function readerFor(firstCharacter: string, today: LocalDate): PortfolioReader {
  return firstCharacter === '{' ? new NdjsonReader(today) : new CsvReader(today);
}

class CsvReader implements PortfolioReader {
  readonly #records = new CsvRecords();
  readonly #today: LocalDate;
  #columns: readonly FileColumn[] | null = null;

  constructor(today: LocalDate) {
    this.#today = today;
  }

  push(piece: string): ReadPiece {
    return this.#read(this.#records.push(piece));
  }

  end(): ReadPiece {
    return this.#read(this.#records.end());
  }

  #read(records: readonly CsvRecord[]): ReadPiece {
    const [first] = records;
    if (this.#columns !== null || first === undefined) {
      const columns = this.#columns ?? [];
      return { kind: 'lines', lines: records.map((record) => this.#line(record, columns)) };
    }
    const alien = alienText(first.text);
    if (alien !== null) return { kind: 'refused', errors: [alien] };
    if ('error' in first) return { kind: 'refused', errors: [unreadable(first.error)] };
    const header = readHeader(first.cells);
    if (header.kind === 'refused') return header;
    this.#columns = header.columns;
    return this.#read(records.slice(1));
  }

  #line(record: CsvRecord, columns: readonly FileColumn[]): PortfolioLine {
    const { line, text } = record;
    const idAt = columns.indexOf('accountId');
    if ('error' in record)
      return { line, text, accountId: text.split(',')[idAt] ?? '', errors: [record.error] };
    const accountId = record.cells[idAt]?.trim() ?? '';
    const broken = brokenRow(record.cells, columns, text);
    if (broken !== null) return { line, text, accountId, errors: [broken] };
    return toLine({ line, text, accountId }, checkRow(valuesOfCells(columns, record.cells), this.#today));
  }
}

function unreadable({ message }: RowError): FileError {
  return { problem: 'unreadable_header', column: null, message: `the header cannot be read: ${message}` };
}

function brokenRow(cells: readonly string[], columns: readonly string[], text: string): RowError | null {
  if (brokenCharacter.test(text)) return notUtf8;
  if (cells.length === columns.length) return null;
  const message =
    `the row has ${cells.length} cells, the header ${columns.length}: ` +
    'put a cell that holds a comma in quotes, and leave no cell out';
  return { problem: 'wrong_column_count', column: null, message };
}

class NdjsonReader implements PortfolioReader {
  readonly #lines = new JsonLines();
  readonly #today: LocalDate;

  constructor(today: LocalDate) {
    this.#today = today;
  }

  push(piece: string): ReadPiece {
    return { kind: 'lines', lines: this.#lines.push(piece).map((record) => this.#line(record)) };
  }

  end(): ReadPiece {
    return { kind: 'lines', lines: this.#lines.end().map((record) => this.#line(record)) };
  }

  #line(record: ReturnType<JsonLines['end']>[number]): PortfolioLine {
    const { line, text } = record;
    if ('error' in record) return { line, text, accountId: '', errors: [record.error] };
    const { accountId } = record.object;
    const place = { line, text, accountId: typeof accountId === 'string' ? accountId : '' };
    return brokenCharacter.test(text)
      ? { ...place, errors: [notUtf8] }
      : toLine(place, checkObject(record.object, this.#today));
  }
}

/** Checks one row that came as an object with the columns' names as keys (a line of NDJSON, the body of a request). */
export function checkObject(object: Readonly<Record<string, unknown>>, today: LocalDate): CheckedRow {
  const { errors, values } = valuesOfObject(object);
  const checked = checkRow(values, today);
  if (errors.length === 0) return checked;
  const named = new Set(errors.map((error) => error.column));
  const others = checked.kind === 'refused' ? checked.errors.filter((error) => !named.has(error.column)) : [];
  return { kind: 'refused', errors: [...errors, ...others] };
}

function toLine(
  place: { readonly line: number; readonly text: string; readonly accountId: string },
  checked: CheckedRow,
): PortfolioLine {
  return checked.kind === 'row'
    ? { line: place.line, text: place.text, row: checked.row }
    : { ...place, errors: checked.errors };
}
