import type { PortfolioRow, RowError } from '#shared/contracts/portfolio-row.ts';
import { Fingerprints } from './fingerprints.ts';

/**
 * Finds rows of one file that contradict an earlier one: the same account with other figures or another person, or the
 * same person with another profile. Which of them is right cannot be known, so the later one is refused, and with the
 * first one kept the same file twice still changes nothing. A row that only repeats an earlier one is no contradiction.
 */
export class Contradictions {
  readonly #accounts = new Fingerprints();
  readonly #persons = new Fingerprints();

  /** `hash` is the row's `feedHash`. Every reason for which this row contradicts the rows before it; none for the first word on an account and person. */
  note(row: PortfolioRow, hash: string): RowError[] {
    const account = this.#accounts.note(row.accountId, hash);
    const person = this.#persons.note(row.debtorId, profileOf(row));
    return [...(account === 'other' ? [accountTwice] : []), ...(person === 'other' ? [debtorDiffers] : [])];
  }
}

const accountTwice: RowError = {
  problem: 'account_twice',
  column: 'accountId',
  message:
    'this accountId was in an earlier row with other figures or another debtorId: keep the one that is right',
};

const debtorDiffers: RowError = {
  problem: 'debtor_differs',
  column: 'debtorId',
  message:
    'was in an earlier row with another name, place, address or consent: write the same in all rows of a person',
};

function profileOf(row: PortfolioRow): string {
  const { givenName, familyName, locale, language, country, region, postalCode, timeZone } = row;
  const said = row.consents?.map(({ channel, level }) => `${channel}:${level}`).join();
  const names = `${givenName}\u0000${familyName}\u0000${locale}\u0000${String(language)}`;
  const home = `${country}\u0000${String(region)}\u0000${String(postalCode)}\u0000${String(timeZone)}`;
  return `${names}\u0000${home}\u0000${String(row.phone)}\u0000${String(row.phoneKind)}\u0000${String(row.email)}\u0000${String(said)}`;
}
