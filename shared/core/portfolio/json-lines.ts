import { rowLengthMax, type RowError, type RowProblem } from '#shared/contracts/portfolio-row.ts';

/** One line of NDJSON: its object, or why there is none. `line` counts from 1. */
export type JsonLine =
  | { readonly line: number; readonly text: string; readonly object: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly text: string; readonly error: RowError };

/** How much of a line that is too long is kept for the person who has to mend it, in characters. */
const keptTextLength = 1_000;

/** Cuts NDJSON text that comes in pieces into objects. Blank lines are passed over; a broken line costs only itself. */
export class JsonLines {
  #rest = '';
  #line = 0;
  /** Inside a line that has grown past the limit: what comes up to its end is dropped. */
  #dropping = false;

  /** Takes the next piece; returns the lines that are complete with it. */
  push(piece: string): JsonLine[] {
    const texts = (this.#rest + piece).split('\n');
    this.#rest = texts.pop() ?? '';
    const lines = texts.flatMap((text) => this.#read(text));
    if (this.#rest.length <= rowLengthMax) return lines;
    const tooLong = this.#dropping ? [] : [this.#tooLong(this.#rest)];
    this.#dropping = true;
    this.#rest = '';
    return [...lines, ...tooLong];
  }

  /** The input has ended: returns what is left. */
  end(): JsonLine[] {
    const lines = this.#read(this.#rest);
    this.#rest = '';
    return lines;
  }

  #read(raw: string): JsonLine[] {
    this.#line += 1;
    const text = raw.trim();
    if (this.#dropping) {
      this.#dropping = false;
      return [];
    }
    if (text === '') return [];
    const line = this.#line;
    const object = parseObject(text);
    return [object === null ? this.#refused(line, text, 'bad_json', notAnObject) : { line, text, object }];
  }

  #tooLong(text: string): JsonLine {
    const message = `the line is longer than ${rowLengthMax} characters: shorten its values`;
    return this.#refused(this.#line + 1, text.slice(0, keptTextLength), 'row_too_long', message);
  }

  #refused(line: number, text: string, problem: RowProblem, message: string): JsonLine {
    return { line, text, error: { problem, column: null, message } };
  }
}

const notAnObject = 'the line is no JSON object: write one object {"accountId": …} a line';

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
