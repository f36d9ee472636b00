import type { Account } from '#shared/contracts/account.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import { emptyPerson } from '#shared/core/person/empty-person.ts';
import type { PlannedContact } from '#shared/core/decision/decision.ts';
import { toInstant, type Instant } from '#shared/kernel/instant.ts';

/** An instant from its ISO text, for readable tables. */
export function at(iso: string): Instant {
  return toInstant(Date.parse(iso));
}

/** A cardholder in Shanghai with a mobile number and an e-mail address. */
export function debtor(changes: Partial<Debtor> = {}): Debtor {
  return {
    debtorId: 'P1',
    givenName: 'Mei',
    familyName: 'Lin',
    locale: 'en',
    country: 'CN',
    region: 'SH',
    phone: '+8613900000001',
    phoneKind: 'mobile',
    email: 'mei.lin@example.com',
    consents: [],
    ...changes,
  };
}

/** A card account that is 100 past due since 1 March 2026. */
export function account(changes: Partial<Account> = {}): Account {
  const pastDue = changes.pastDue ?? 100;
  const dueDate = changes.dueDate ?? '2026-03-01';
  return {
    accountId: 'A1',
    debtorId: 'P1',
    creditor: 'demo-bank',
    product: 'credit_card',
    currency: 'CNY',
    balance: 1_000,
    minimumDue: 100,
    instalments: pastDue > 0 ? [{ dueDate, amount: pastDue }] : [],
    attributes: {},
    feedHash: 'feed-1',
    ...changes,
    pastDue,
    dueDate,
  };
}

export function person(changes: Partial<Person> = {}): Person {
  return {
    ...emptyPerson('P1'),
    version: 1,
    debtor: debtor(),
    accounts: [account()],
    ...changes,
  };
}

/** The ledger entry that a contact becomes, in a given state. */
export function entryFor(
  contact: PlannedContact,
  changes: Partial<LedgerEntry> & { reservedAt: number },
): LedgerEntry {
  return {
    ...contact,
    about: [...contact.about],
    state: 'reserved',
    stateAt: changes.reservedAt,
    evidence: 'P1~0~0000000000000000',
    ...changes,
  };
}
