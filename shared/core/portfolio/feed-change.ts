import { isDeepStrictEqual } from 'node:util';
import type { Account } from '#shared/contracts/account.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import { toAccount, type FeedMoment, type ToldRow } from './to-account.ts';
import { stopsContact, toDebtor } from './to-debtor.ts';

/** What is stored of a person before the feed comes; nothing for a new one. */
export interface StoredFeed {
  readonly debtor?: Debtor | undefined;
  readonly accounts: readonly Account[];
}

/** What a feed changes of one person, and what became of each of their rows, in order. */
export interface PersonFeed {
  /** Null when nothing differs from what is stored. */
  readonly change: {
    readonly debtorId: string;
    readonly debtor?: Debtor;
    readonly accounts: readonly Account[];
    readonly stops: boolean;
  } | null;
  readonly outcomes: readonly RowOutcome[];
}
export type RowOutcome = 'imported' | 'cured' | 'unchanged';

/**
 * Compares one person's rows with what is stored. Only differences are written. A change `stops` contacts that are under
 * way when an account is cured or when an address, a consent or the place (zone, law) is another one.
 */
export function feedChange(
  rows: readonly [ToldRow, ...ToldRow[]],
  stored: StoredFeed,
  moment: FeedMoment,
): PersonFeed {
  const { debtorId } = rows[0].row;
  const { debtor, profileStops } = profileChange(rows[0].row, stored.debtor, moment);
  const { accounts, outcomes } = accountChanges(rows, stored.accounts, moment);
  if (debtor !== null && outcomes[0] === 'unchanged') outcomes[0] = 'imported';
  if (debtor === null && accounts.length === 0) return { change: null, outcomes };
  const stops = profileStops || outcomes.includes('cured');
  return { change: { debtorId, ...(debtor !== null && { debtor }), accounts, stops }, outcomes };
}

/** The person's profile when it differs from the stored one, else null. */
function profileChange(
  row: PortfolioRow,
  stored: Debtor | undefined,
  { now }: FeedMoment,
): { readonly debtor: Debtor | null; readonly profileStops: boolean } {
  const debtor = toDebtor(row, stored, now);
  if (isDeepStrictEqual(debtor, stored)) return { debtor: null, profileStops: false };
  return { debtor, profileStops: stored !== undefined && stopsContact(stored, debtor) };
}

function accountChanges(
  rows: readonly ToldRow[],
  stored: readonly Account[],
  moment: FeedMoment,
): { readonly accounts: Account[]; readonly outcomes: RowOutcome[] } {
  const accounts: Account[] = [];
  const outcomes = rows.map((told): RowOutcome => {
    const { accountId } = told.row;
    const before = stored.find((account) => account.accountId === accountId);
    const repeated = accounts.some((account) => account.accountId === accountId);
    if (repeated || before?.feedHash === told.feedHash) return 'unchanged';
    accounts.push(toAccount(told, before, moment));
    return isCure(before, told.row) ? 'cured' : 'imported';
  });
  return { accounts, outcomes };
}

function isCure(before: Account | undefined, row: PortfolioRow): boolean {
  return before !== undefined && before.pastDue > 0 && row.pastDue === 0;
}
