import type { Account } from '#shared/contracts/account.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import { emptyPerson } from '#shared/core/person/empty-person.ts';
import type { DebtorStore, Guarded } from '#shared/ports/debtor-store.ts';

/** Persons with accounts in memory, for replaying payments: what a table would do, without its waits. */
export class MemoryPeople implements Pick<DebtorStore, 'load' | 'change'> {
  readonly #people = new Map<string, Person>();

  add(account: Account): void {
    this.#people.set(account.debtorId, personWith(account));
  }

  load(debtorId: string): Promise<Person | null> {
    return Promise.resolve(this.#people.get(debtorId) ?? null);
  }

  change(debtorId: string, version: number, change: PersonChange): Promise<Guarded> {
    const person = this.#people.get(debtorId);
    if (person?.version !== version) return Promise.resolve('conflict');
    this.#people.set(debtorId, {
      ...person,
      version: version + 1,
      accounts: put(person.accounts, change.accounts, ({ accountId }) => accountId),
      payments: put(person.payments, change.payments, ({ paymentId }) => paymentId),
      cases: put(person.cases, change.cases, ({ caseId }) => caseId),
    });
    return Promise.resolve('done');
  }
}

function put<T>(stored: readonly T[], changed: readonly T[] = [], idOf: (value: T) => string): T[] {
  const ids = new Set(changed.map(idOf));
  return [...stored.filter((value) => !ids.has(idOf(value))), ...changed];
}

function personWith(account: Account): Person {
  return {
    ...emptyPerson(account.debtorId),
    accounts: [account],
  };
}
