import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { daysPastDue } from '#shared/core/ageing/days-past-due.ts';
import { localDateAt } from '#shared/core/time/local-time.ts';

/** Days over which responsiveness and payments are looked at. */
export const behaviourDays = 90;

/** One account and everything known of its person: what facts are worked out from. */
export interface FactScope {
  readonly account: Account;
  readonly view: PersonView;
  /** Age of the account where the person lives; undefined when no zone is known. */
  readonly daysPastDue: number | undefined;
  /** Contacts about the account since its oldest unpaid due date, oldest first; such as surely sent nothing left out. */
  readonly attempts: readonly LedgerEntry[];
}

/** The facts of an account at the moment of its view. */
export function factScope(account: Account, view: PersonView): FactScope {
  const { homeZone, now, person } = view;
  let attempts: readonly LedgerEntry[] | undefined;
  return {
    account,
    view,
    daysPastDue: homeZone === null ? undefined : daysPastDue(account, localDateAt(homeZone, now)),
    get attempts() {
      attempts ??= person.attempts.filter((entry) => entry.state !== 'failed' && isAbout(entry, account));
      return attempts;
    },
  };
}

function isAbout({ about }: LedgerEntry, { accountId, dueDate }: Account): boolean {
  return about.some((subject) => subject.accountId === accountId && subject.dueDate === dueDate);
}
