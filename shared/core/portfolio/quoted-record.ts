/**
 * A record that has quotes: its cells and where the next record begins; `open` when the text ends inside it (more may
 * come); or what RFC 4180 does not allow. Its quotes make the line breaks inside cells part of the record.
 */
export type QuotedRecord =
  | {
      readonly kind: 'record';
      readonly cells: readonly string[];
      readonly end: number;
      readonly newlines: number;
    }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly problem: 'stray_quote' | 'text_after_quote' };

/** One cell and the position of the separator after it. */
type Cell =
  | { readonly kind: 'cell'; readonly value: string; readonly end: number }
  | Exclude<QuotedRecord, { readonly kind: 'record' }>;

/** Reads the record that begins at `from`. `ended`: no more text will come, so the end of the text ends the record. */
export function readQuotedRecord(text: string, from: number, ended: boolean): QuotedRecord {
  const cells: string[] = [];
  let at = from;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at, ended) : plainCell(text, at, ended);
    if (cell.kind !== 'cell') return cell;
    cells.push(cell.value);
    if (text[cell.end] !== ',') {
      const end = afterLineBreak(text, cell.end);
      return { kind: 'record', cells, end, newlines: countNewlines(text, from, end) };
    }
    at = cell.end + 1;
  }
}

function quotedCell(text: string, from: number, ended: boolean): Cell {
  let value = '';
  let start = from + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote < 0) return { kind: 'open' };
    if (text[quote + 1] !== '"') {
      return closedCell(text, { value: value + text.slice(start, quote), end: quote + 1 }, ended);
    }
    value += text.slice(start, quote + 1);
    start = quote + 2;
  }
}

/** After a closing quote only a separator, a line break or the end of the text may come. */
function closedCell(
  text: string,
  cell: { readonly value: string; readonly end: number },
  ended: boolean,
): Cell {
  const following = text.slice(cell.end, cell.end + 2);
  if (/^(?:,|\n|\r\n)/.test(following)) return { kind: 'cell', ...cell };
  if (following !== '' && following !== '\r') return { kind: 'broken', problem: 'text_after_quote' };
  return ended ? { kind: 'cell', ...cell } : { kind: 'open' };
}

/** A cell without quotes ends at the next separator or line break. */
const plainCellEnd = /[,\n"]/g;

function plainCell(text: string, from: number, ended: boolean): Cell {
  plainCellEnd.lastIndex = from;
  const end = plainCellEnd.exec(text)?.index ?? text.length;
  const following = text[end];
  if (following === '"') return { kind: 'broken', problem: 'stray_quote' };
  if (following === undefined && !ended) return { kind: 'open' };
  const value = text.slice(from, end);
  const returns = following !== ',' && value.endsWith('\r') ? 1 : 0;
  return { kind: 'cell', value: value.slice(0, value.length - returns), end: end - returns };
}

/** Where the text goes on after the line break (or the end) at `at`. */
function afterLineBreak(text: string, at: number): number {
  const newline = text[at] === '\r' ? at + 1 : at;
  return Math.min(newline + 1, text.length);
}

function countNewlines(text: string, from: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
