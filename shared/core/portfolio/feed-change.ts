import { isDeepStrictEqual } from 'node:util';
import type { Account } from '#shared/contracts/account.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import { feedHash, toAccount, type FeedMoment } from './to-account.ts';
import { profileStops, toDebtor } from './to-debtor.ts';

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
  rows: readonly [PortfolioRow, ...PortfolioRow[]],
  stored: StoredFeed | undefined,
  moment: FeedMoment,
): PersonFeed {
  const profile = profileChange(rows[0], stored?.debtor, moment);
  const { accounts, outcomes } = accountChanges(rows, stored, moment);
  if (profile === null && accounts.length === 0) return { change: null, outcomes };
  if (profile !== null && outcomes[0] === 'unchanged') outcomes[0] = 'imported';
  const stops = outcomes.includes('cured') || profile?.stops === true;
  const { debtorId } = rows[0];
  return {
    change: { debtorId, ...(profile !== null && { debtor: profile.debtor }), accounts, stops },
    outcomes,
  };
}

function profileChange(
  row: PortfolioRow,
  stored: Debtor | undefined,
  { now }: FeedMoment,
): { readonly debtor: Debtor; readonly stops: boolean } | null {
  const debtor = toDebtor(row, stored, now);
  if (isDeepStrictEqual(debtor, stored)) return null;
  return { debtor, stops: stored !== undefined && profileStops(stored, debtor) };
}

function accountChanges(
  rows: readonly PortfolioRow[],
  stored: StoredFeed | undefined,
  moment: FeedMoment,
): { readonly accounts: Account[]; readonly outcomes: RowOutcome[] } {
  const accounts: Account[] = [];
  const outcomes = rows.map((row): RowOutcome => {
    const before = stored?.accounts.find((account) => account.accountId === row.accountId);
    const repeated = accounts.some((account) => account.accountId === row.accountId);
    if (repeated || before?.feedHash === feedHash(row)) return 'unchanged';
    accounts.push(toAccount(row, before, moment));
    return isCure(before, row) ? 'cured' : 'imported';
  });
  return { accounts, outcomes };
}

function isCure(before: Account | undefined, row: PortfolioRow): boolean {
  return before !== undefined && before.pastDue > 0 && row.pastDue === 0;
}
