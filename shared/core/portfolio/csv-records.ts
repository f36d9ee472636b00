import { rowLengthMax, type RowError, type RowProblem } from '#shared/contracts/portfolio-row.ts';
import { readQuotedRecord } from './quoted-record.ts';

/** One record of a CSV text: its cells, or why it cannot be read. `line` is the line on which it begins, from 1. */
export type CsvRecord =
  | { readonly line: number; readonly text: string; readonly cells: readonly string[] }
  | { readonly line: number; readonly text: string; readonly error: RowError };

/** How much of a record that is too long is kept for the person who has to mend it, in characters. */
const keptTextLength = 1_000;

/**
 * Cuts CSV text (RFC 4180, LF or CRLF) that comes in pieces into records. Blank lines are passed over.
 *
 * A record that cannot be read costs one line, not the file: reading goes on with the line after the one on which it
 * began. (The usual parsers take everything after an unclosed quote for one cell, so that one stray character in the
 * second line of a million loses all the others.)
 */
export class CsvRecords {
  #rest = '';
  #line = 1;
  /** Inside a line that has grown past the limit: what comes up to its end is dropped. */
  #dropping = false;

  /** Takes the next piece; returns the records that are complete with it. */
  push(piece: string): CsvRecord[] {
    this.#rest += piece;
    return this.#cut(false);
  }

  /** The input has ended: returns what is left. */
  end(): CsvRecord[] {
    return this.#cut(true);
  }

  #cut(ended: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    for (;;) {
      const next = this.#next(at, ended);
      if (next === null) break;
      at = next.end;
      if (next.record !== null) records.push(next.record);
    }
    this.#rest = this.#rest.slice(at);
    return records;
  }

  /** The record at `at` and where the one after it begins; null when more text is needed. */
  #next(at: number, ended: boolean): { readonly record: CsvRecord | null; readonly end: number } | null {
    const rest = this.#rest;
    if (at >= rest.length) return null;
    const newline = rest.indexOf('\n', at);
    if (newline < 0 && !ended) return this.#withoutNewline(at);
    const end = newline < 0 ? rest.length : newline + 1;
    if (this.#dropping) {
      this.#dropping = false;
      this.#line += 1;
      return { record: null, end };
    }
    const text = withoutLineBreak(rest.slice(at, end));
    if (text.includes('"')) return this.#quoted(at, { text, end, ended });
    this.#line += 1;
    return { record: text === '' ? null : { line: this.#line - 1, text, cells: text.split(',') }, end };
  }

  #withoutNewline(at: number): { record: CsvRecord | null; end: number } | null {
    const { length } = this.#rest;
    if (this.#dropping) return { record: null, end: length };
    if (length - at <= rowLengthMax) return null;
    this.#dropping = true;
    return { record: tooLong(this.#line, this.#rest.slice(at, at + keptTextLength)), end: length };
  }

  #quoted(
    at: number,
    first: { readonly text: string; readonly end: number; readonly ended: boolean },
  ): { readonly record: CsvRecord; readonly end: number } | null {
    const line = this.#line;
    const result = readQuotedRecord(this.#rest, at, first.ended);
    if (result.kind === 'record') {
      const text = withoutLineBreak(this.#rest.slice(at, result.end));
      this.#line += result.newlines;
      return { record: { line, text, cells: result.cells }, end: result.end };
    }
    const unclosed = result.kind === 'open';
    if (unclosed && !first.ended && this.#rest.length - at <= rowLengthMax) return null;
    this.#line += 1;
    const problem = unclosed ? 'quote_not_closed' : result.problem;
    return {
      record: { line, text: first.text, error: { problem, column: null, message: advice[problem] } },
      end: first.end,
    };
  }
}

function withoutLineBreak(text: string): string {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  return text.slice(0, text[end - 1] === '\r' ? end - 1 : end);
}

const advice = {
  quote_not_closed: 'a quoted cell is never closed: end it with " and write a quote inside it as ""',
  stray_quote: 'a cell without quotes holds a ": put the cell in quotes and write the quote as ""',
  text_after_quote:
    'text follows a closing quote, or an earlier quote was never closed: write a quote inside a cell as ""',
} as const satisfies Partial<Record<RowProblem, string>>;

function tooLong(line: number, text: string): CsvRecord {
  const message = `the row is longer than ${rowLengthMax} characters: split it or leave the long cell out`;
  return { line, text, error: { problem: 'row_too_long', column: null, message } };
}
