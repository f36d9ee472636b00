import type { PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import { Contradictions } from '#shared/core/portfolio/contradictions.ts';
import { feedChange, type RowOutcome } from '#shared/core/portfolio/feed-change.ts';
import type { RejectedLine } from '#shared/core/portfolio/rejected-line.ts';
import { feedHash, type FeedMoment, type ToldRow } from '#shared/core/portfolio/to-account.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/** Rows compared with the table and written at once. */
const chunkRows = 500;
/** Chunks under way at the same time: while some wait for the table, the next ones are read. */
const chunksInFlightMax = 2;

/** What an import did. `read` = `imported` + `unchanged` + `rejected`; `cured` are those of the imported that were past due. */
export interface IngestSummary {
  read: number;
  imported: number;
  unchanged: number;
  cured: number;
  rejected: number;
}

export interface IngestParts {
  readonly store: Pick<DebtorStore, 'loadFeeds' | 'saveFeeds'>;
  readonly clock: Clock;
  /** Is given each refused row, in the order of the file, before the next one is read. */
  readonly onRejected?: (rejected: RejectedLine) => Promise<void> | void;
  /** Is told the summary so far after every chunk. */
  readonly onProgress?: (summary: Readonly<IngestSummary>) => void;
}

/**
 * Brings the rows of a portfolio into the Debtors table: refused rows are handed to `onRejected`, the others are compared
 * with what is stored, and only differences are written. The same rows again change nothing, so a run that broke off is
 * simply made again. Memory does not grow with the file but for 12 bytes an account and person.
 *
 * @throws what the store throws when it does not answer; what was written until then stays.
 */
export async function ingestRows(
  lines: AsyncIterable<PortfolioLine>,
  parts: IngestParts,
): Promise<IngestSummary> {
  const summary: IngestSummary = { read: 0, imported: 0, unchanged: 0, cured: 0, rejected: 0 };
  const now = parts.clock.now();
  const moment: FeedMoment = { now, today: localDateAt('UTC', now) };
  const chunks = acceptedChunks(lines, parts, summary);
  const workers = Array.from({ length: chunksInFlightMax }, async () => {
    for await (const rows of chunks) {
      const outcomes = await ingestChunk(rows, parts.store, moment);
      for (const outcome of outcomes) {
        summary[outcome === 'unchanged' ? 'unchanged' : 'imported'] += 1;
        if (outcome === 'cured') summary.cured += 1;
      }
      parts.onProgress?.(summary);
    }
  });
  await Promise.all(workers);
  return summary;
}

async function* acceptedChunks(
  lines: AsyncIterable<PortfolioLine>,
  { onRejected }: IngestParts,
  summary: IngestSummary,
): AsyncGenerator<readonly ToldRow[], void, undefined> {
  const contradictions = new Contradictions();
  let rows: ToldRow[] = [];
  for await (const line of lines) {
    summary.read += 1;
    const sorted = sortOut(line, contradictions);
    if ('errors' in sorted) {
      summary.rejected += 1;
      await onRejected?.(sorted);
    } else {
      rows.push(sorted);
    }
    if (rows.length === chunkRows) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

/** A row that can be taken, with its hash, or why it is refused: broken in itself, or contradicting the rows before it. */
export function sortOut(line: PortfolioLine, contradictions: Contradictions): ToldRow | RejectedLine {
  if ('errors' in line) return line;
  const { row } = line;
  const hash = feedHash(row);
  const errors = contradictions.note(row, hash);
  if (errors.length === 0) return { row, feedHash: hash };
  return { line: line.line, text: line.text, accountId: row.accountId, errors };
}

async function ingestChunk(
  rows: readonly ToldRow[],
  store: IngestParts['store'],
  moment: FeedMoment,
): Promise<readonly RowOutcome[]> {
  const byPerson = new Map<string, [ToldRow, ...ToldRow[]]>();
  for (const told of rows) {
    const others = byPerson.get(told.row.debtorId);
    if (others === undefined) byPerson.set(told.row.debtorId, [told]);
    else others.push(told);
  }
  const stored = await store.loadFeeds([...byPerson.keys()]);
  const feeds = [...byPerson].map(([debtorId, own]) =>
    feedChange(own, stored.get(debtorId) ?? { accounts: [] }, moment),
  );
  const changes = feeds.flatMap(({ change }) => change ?? []);
  if (changes.length > 0) await store.saveFeeds(changes);
  return feeds.flatMap(({ outcomes }) => outcomes);
}
