import type { FileError, PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { readerFor, type PortfolioReader, type ReadPiece } from '#shared/core/portfolio/portfolio-reader.ts';

export type OpenedPortfolio =
  | { readonly kind: 'opened'; readonly lines: AsyncIterable<PortfolioLine> }
  | { readonly kind: 'refused'; readonly errors: readonly FileError[] };

/** Most blank characters before the first row; a file of nothing but blanks is not read to its end. */
const leadingBlanksMax = 1_000_000;
const nothing: FileError = {
  problem: 'empty_file',
  column: null,
  message: 'the file is empty: begin with a header row, or with one JSON object a line',
};

/**
 * Opens a portfolio file (CSV or NDJSON, UTF-8 with or without a byte order mark) that comes as bytes, and reads it row
 * by row without keeping it. A file that cannot be a portfolio is refused before any row is taken; a bad row is refused
 * on its own. `today` is the date by which due dates are judged.
 */
export async function openPortfolio(
  bytes: AsyncIterable<Uint8Array>,
  { today }: { readonly today: LocalDate },
): Promise<OpenedPortfolio> {
  const pieces = readPieces(bytes, today);
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return { kind: 'opened', lines: linesOf([], pieces) };
    if (next.value.kind === 'refused') return next.value;
    if (next.value.lines.length > 0) return { kind: 'opened', lines: linesOf(next.value.lines, pieces) };
  }
}

async function* linesOf(
  first: readonly PortfolioLine[],
  pieces: AsyncIterable<ReadPiece>,
): AsyncGenerator<PortfolioLine, void, undefined> {
  yield* first;
  for await (const piece of pieces) {
    // The header has been read by now: nothing after it refuses the file.
    if (piece.kind === 'lines') yield* piece.lines;
  }
}

async function* readPieces(
  bytes: AsyncIterable<Uint8Array>,
  today: LocalDate,
): AsyncGenerator<ReadPiece, void, undefined> {
  let reader: PortfolioReader | null = null;
  let head = '';
  for await (const text of decode(bytes)) {
    if (reader !== null) {
      yield reader.push(text);
      continue;
    }
    head += text;
    const first = head.trimStart()[0];
    if (first === undefined && head.length > leadingBlanksMax) break;
    if (first === undefined) continue;
    reader = readerFor(first, today);
    yield reader.push(head);
  }
  yield reader?.end() ?? { kind: 'refused', errors: [nothing] };
}

/** Bytes that are not UTF-8 become the replacement character, by which their row is recognised and refused. */
async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
