import type { Account } from '#shared/contracts/account.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Debtor } from '#shared/contracts/debtor.ts';
import type { LedgerEntry } from '#shared/contracts/ledger.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { PlannedContact } from '#shared/core/decision/decision.ts';
import type { PersonalPages } from '#shared/core/links/personal-pages.ts';
import type { Instant } from '#shared/kernel/instant.ts';

/** What a message is made from. */
export interface ComposeSetting {
  readonly person: Person;
  readonly rules: DecisionRules;
  readonly now: Instant;
  /** The person's own pages, where the message carries a link to them. */
  readonly pages?: PersonalPages | undefined;
}

/** A contact, as far as its words depend on it. */
export type SpokenContact = Pick<PlannedContact | LedgerEntry, 'about' | 'locale' | 'template'>;

/** Who a contact speaks to, for whom, and about what. */
export interface MessageSubject extends ComposeSetting {
  readonly contact: SpokenContact;
  readonly debtor: Debtor;
  readonly creditor: Creditor;
  /** The leading one first. */
  readonly accounts: readonly [Account, ...Account[]];
}

/**
 * Looks up who and what a contact is about.
 * @throws Error when the person, the account or the creditor is not known: such a contact is never decided on.
 */
export function subjectOf(contact: SpokenContact, setting: ComposeSetting): MessageSubject {
  const { person, rules } = setting;
  const { debtor } = person;
  if (debtor === undefined) throw new Error(`${person.debtorId} has no profile, so nobody can be contacted`);
  const [leading, ...others] = contact.about.flatMap(({ accountId }) =>
    person.accounts.filter((account) => account.accountId === accountId),
  );
  if (leading === undefined)
    throw new Error(`no account of contact about ${JSON.stringify(contact.about)} exists any more`);
  const creditor = rules.creditors.get(leading.creditor);
  if (creditor === undefined)
    throw new Error(
      `creditor ${leading.creditor} is not configured: add config/creditors/${leading.creditor}.yaml`,
    );
  return { ...setting, contact, debtor, creditor, accounts: [leading, ...others] };
}
