import type { Debtor } from '#shared/contracts/debtor.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { FileError, PortfolioLine } from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { emptyPerson } from '#shared/core/person/empty-person.ts';
import { Contradictions } from '#shared/core/portfolio/contradictions.ts';
import { feedChange } from '#shared/core/portfolio/feed-change.ts';
import { RowCounts, RowGroups } from '#shared/core/portfolio/row-groups.ts';
import type { ToldRow } from '#shared/core/portfolio/to-account.ts';
import { hourMs, toInstant } from '#shared/kernel/instant.ts';
import { sortOut } from './ingest-rows.ts';
import { openPortfolio } from './open-portfolio.ts';

/** How far the first zone of the Earth is ahead of UTC: a date has begun somewhere this long before it does in UTC. */
const firstZoneMs = 14 * hourMs;

/** What was read of a portfolio; complete when all its people have been taken. */
export interface PeopleCount {
  rows: number;
  rejected: number;
  people: number;
  accounts: number;
}

export type OpenedPeople =
  | { readonly kind: 'opened'; readonly people: AsyncIterable<Person>; readonly count: Readonly<PeopleCount> }
  | { readonly kind: 'refused'; readonly errors: readonly FileError[] };

/**
 * The people of a portfolio file as an import at the beginning of a day would store them in an empty table, each with all
 * of their accounts. The file is read twice, so that memory does not grow with it: 24 bytes an account and person, and the
 * rows of those who have several, from their first to their last. Rows that an import would refuse are counted.
 *
 * @param read opens the file anew.
 */
export async function portfolioPeople(
  read: () => AsyncIterable<Uint8Array>,
  { today }: { readonly today: LocalDate },
): Promise<OpenedPeople> {
  const first = await openPortfolio(read(), { today });
  if (first.kind === 'refused') return first;
  const counts = new RowCounts();
  for await (const told of acceptedRows(first.lines)) if (told !== null) counts.note(told.row.debtorId);
  const second = await openPortfolio(read(), { today });
  if (second.kind === 'refused') return second;
  const count: PeopleCount = { rows: 0, rejected: 0, people: 0, accounts: 0 };
  return { kind: 'opened', people: peopleOf(second.lines, { counts, count, today }), count };
}

async function* peopleOf(
  lines: AsyncIterable<PortfolioLine>,
  {
    counts,
    count,
    today,
  }: { readonly counts: RowCounts; readonly count: PeopleCount; readonly today: LocalDate },
): AsyncGenerator<Person, void, undefined> {
  const groups = new RowGroups<ToldRow>(counts);
  for await (const told of acceptedRows(lines)) {
    count.rows += 1;
    if (told === null) count.rejected += 1;
    const rows = told && groups.add(told.row.debtorId, told);
    if (rows === null) continue;
    const person = personOf(rows, today);
    count.people += 1;
    count.accounts += person.accounts.length;
    yield person;
  }
}

/** The rows that an import would take, in order; null for each that it would refuse. */
async function* acceptedRows(
  lines: AsyncIterable<PortfolioLine>,
): AsyncGenerator<ToldRow | null, void, undefined> {
  const contradictions = new Contradictions();
  for await (const line of lines) {
    const sorted = sortOut(line, contradictions);
    yield 'errors' in sorted ? null : sorted;
  }
}

function personOf(rows: readonly [ToldRow, ...ToldRow[]], today: LocalDate): Person {
  // Consents have to be older than the first decision, in whatever zone the person's day begins.
  const now = toInstant(Date.parse(today) - firstZoneMs);
  const { change } = feedChange(rows, { accounts: [] }, { now, today });
  const { debtorId } = rows[0].row;
  return {
    ...emptyPerson(debtorId),
    ...profileOf(change?.debtor),
    accounts: [...(change?.accounts ?? [])],
  };
}

function profileOf(debtor: Debtor | undefined): Pick<Person, 'debtor'> {
  return debtor === undefined ? {} : { debtor };
}
