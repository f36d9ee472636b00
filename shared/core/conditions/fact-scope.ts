import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { PersonView } from '#shared/core/decision/person-view.ts';
import { riskOf, type Risk } from '#shared/core/risk/risk-of.ts';
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
  /** How likely it does not cure by itself; null when nobody can tell. Worked out when it is first asked for. */
  readonly risk: Risk | null;
  /** Segment of the account. Worked out when it is first asked for. */
  readonly segment: string;
}

/** The facts of an account at the moment of its view. */
export function factScope(account: Account, view: PersonView): FactScope {
  const { homeZone, now, person, rules } = view;
  const today = homeZone === null ? null : localDateAt(homeZone, now);
  let attempts: readonly LedgerEntry[] | undefined;
  let risk: Risk | null | undefined;
  let segment: string | undefined;
  const scope: FactScope = {
    account,
    view,
    daysPastDue: today === null ? undefined : daysPastDue(account, today),
    get attempts() {
      attempts ??= person.attempts.filter((entry) => entry.state !== 'failed' && isAbout(entry, account));
      return attempts;
    },
    get risk() {
      if (risk === undefined) risk = riskOf(account, today, rules.riskModel);
      return risk;
    },
    get segment() {
      segment ??= rules.segments.nameOf(scope);
      return segment;
    },
  };
  return scope;
}

function isAbout({ about }: LedgerEntry, { accountId, dueDate }: Account): boolean {
  return about.some((subject) => subject.accountId === accountId && subject.dueDate === dueDate);
}
