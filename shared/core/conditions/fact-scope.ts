import type { Account } from '#shared/contracts/account.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { LocalDate } from '#shared/contracts/primitives.ts';
import type { AccountAgreements } from '#shared/core/agreements/account-agreements.ts';
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
  /** What was agreed about it, and how that stands. Worked out when it is first asked for. */
  readonly agreements: AccountAgreements;
  /** How likely it does not cure by itself; null when nobody can tell. Worked out when it is first asked for. */
  readonly risk: Risk | null;
  /** Segment of the account. Worked out when it is first asked for. */
  readonly segment: string;
}

/** The facts of an account at the moment of its view. */
export function factScope(account: Account, view: PersonView): FactScope {
  return new LazyFacts(account, view);
}

/** A class, because getters of an object literal are made anew for every account, which costs more than what they give. */
class LazyFacts implements FactScope {
  readonly account: Account;
  readonly view: PersonView;
  readonly daysPastDue: number | undefined;
  readonly #today: LocalDate | null;
  #attempts: readonly LedgerEntry[] | undefined;
  #risk: Risk | null | undefined;
  #segment: string | undefined;

  constructor(account: Account, view: PersonView) {
    this.account = account;
    this.view = view;
    this.#today = view.homeZone === null ? null : localDateAt(view.homeZone, view.now);
    this.daysPastDue = this.#today === null ? undefined : daysPastDue(account, this.#today);
  }

  get attempts(): readonly LedgerEntry[] {
    this.#attempts ??= attemptsAbout(this.account, this.view.person.attempts);
    return this.#attempts;
  }

  get agreements(): AccountAgreements {
    return this.view.agreementsOn(this.account);
  }

  get risk(): Risk | null {
    if (this.#risk === undefined) this.#risk = riskOf(this.account, this.#today, this.view.rules.riskModel);
    return this.#risk;
  }

  get segment(): string {
    this.#segment ??= this.view.rules.segments.nameOf(this);
    return this.#segment;
  }
}

function attemptsAbout(account: Account, attempts: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return attempts.filter((entry) => entry.state !== 'failed' && isAbout(entry, account));
}

function isAbout({ about }: LedgerEntry, { accountId, dueDate }: Account): boolean {
  return about.some((subject) => subject.accountId === accountId && subject.dueDate === dueDate);
}
