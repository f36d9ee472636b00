import type { PortfolioRow, RowError } from '#shared/contracts/portfolio-row.ts';
import { Fingerprints } from './fingerprints.ts';
import { feedHash } from './to-account.ts';

/**
 * Finds rows of one file that contradict an earlier one: the same account with other figures or another person, or the
 * same person with another profile. Which of them is right cannot be known, so the later one is refused, and with the
 * first one kept the same file twice still changes nothing. A row that only repeats an earlier one is no contradiction.
 */
export class Contradictions {
  readonly #accounts = new Fingerprints();
  readonly #persons = new Fingerprints();

  /** Every reason for which this row contradicts the rows before it; none for the first word on an account and person. */
  note(row: PortfolioRow): RowError[] {
    const account = this.#accounts.note(row.accountId, feedHash(row));
    const person = this.#persons.note(row.debtorId, profileOf(row));
    return [...(account === 'other' ? [accountTwice] : []), ...(person === 'other' ? [debtorDiffers] : [])];
  }
}

const accountTwice: RowError = {
  problem: 'account_twice',
  column: 'accountId',
  message: 'was in an earlier row with other figures or another debtorId: keep the one that is right',
};

const debtorDiffers: RowError = {
  problem: 'debtor_differs',
  column: 'debtorId',
  message:
    'was in an earlier row with another name, place, address or consent: write the same in all rows of a person',
};

function profileOf(row: PortfolioRow): string {
  const { givenName, familyName, locale, language, country, region, postalCode } = row;
  const { timeZone, phone, phoneKind, email, consents } = row;
  const home = [country, region, postalCode, timeZone];
  return JSON.stringify([givenName, familyName, locale, language, home, phone, phoneKind, email, consents]);
}
