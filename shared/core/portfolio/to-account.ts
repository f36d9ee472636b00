import type { Account } from '#shared/contracts/account.ts';
import { creditorDefault, type PortfolioRow } from '#shared/contracts/portfolio-row.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import { inferInstalments } from '#shared/core/ageing/instalments.ts';
import { fnv1a64 } from '#shared/core/identity/fnv1a64.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** A row with its content hash, worked out once. */
export interface ToldRow {
  readonly row: PortfolioRow;
  readonly feedHash: string;
}

export interface FeedMoment {
  readonly now: Instant;
  /** The date by which instalments are inferred. */
  readonly today: LocalDate;
}

/**
 * The account that a row tells of. The creditor's books win over what was stored, payments told since included. An
 * account that is still past due but whose due date has moved forward was paid in part: it is younger from now on.
 */
export function toAccount(told: ToldRow, stored: Account | undefined, { now, today }: FeedMoment): Account {
  const { row } = told;
  const {
    accountId,
    debtorId,
    product,
    currency,
    balance,
    pastDue,
    minimumDue,
    dueDate,
    riskScore,
    attributes,
  } = row;
  const agedSince = agedSinceOf(row, stored, now);
  return {
    accountId,
    debtorId,
    creditor: row.creditor ?? creditorDefault,
    product,
    currency,
    balance,
    pastDue,
    minimumDue,
    dueDate,
    instalments: inferInstalments(row, today),
    attributes,
    feedHash: told.feedHash,
    ...(riskScore !== undefined && { riskScore }),
    ...(agedSince !== undefined && { agedSince }),
    ...curedAtOf(row, stored, now),
  };
}

/** When a feed last brought the account from something past due to nothing: promises of before are kept by it. */
function curedAtOf(row: PortfolioRow, stored: Account | undefined, now: Instant): Pick<Account, 'curedAt'> {
  if (stored !== undefined && stored.pastDue > 0 && row.pastDue === 0) return { curedAt: now };
  return stored?.curedAt === undefined ? {} : { curedAt: stored.curedAt };
}

function agedSinceOf(row: PortfolioRow, stored: Account | undefined, now: Instant): number | undefined {
  if (stored === undefined || row.pastDue === 0 || stored.dueDate > row.dueDate) return undefined;
  if (stored.dueDate === row.dueDate) return stored.agedSince;
  return stored.pastDue > 0 ? now : undefined;
}

/**
 * Content hash of what a row says of the account. The same row again has the same hash and changes nothing, also when
 * payments have changed the stored account since.
 */
export function feedHash(row: PortfolioRow): string {
  const { accountId, debtorId, creditor = creditorDefault, product, currency, attributes } = row;
  const money = `${row.balance} ${row.pastDue} ${row.minimumDue} ${row.dueDate} ${row.riskScore ?? ''}`;
  const others = Object.keys(attributes)
    .sort()
    .map((name) => JSON.stringify([name, attributes[name]]));
  // None of these can hold a blank but the attributes, which come last.
  return fnv1a64(`${accountId} ${debtorId} ${creditor} ${product} ${currency} ${money} ${others.join()}`);
}
