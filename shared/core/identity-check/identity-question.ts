import type { Account } from '#shared/contracts/account.ts';
import type { IdentityFact } from '#shared/contracts/agreement-rules.ts';
import type { Person } from '#shared/contracts/person.ts';
import { plainAnswer } from './right-answer.ts';

/** What a person is asked before anything is told, and every answer that is right. */
export interface IdentityQuestion {
  readonly fact: IdentityFact;
  /** As `plainAnswer` writes them; never empty. */
  readonly answers: readonly string[];
}

const endingLength = 4;

/** What the feed knows, as it wrote it. */
const answersTo: Readonly<Record<IdentityFact, (person: Person) => readonly string[]>> = {
  birth_date: ({ accounts }) => accounts.flatMap(({ attributes }) => attributes['x_birth_date'] ?? []),
  postal_code: ({ debtor }) => (debtor?.postalCode === undefined ? [] : [debtor.postalCode]),
  account_ending: ({ accounts }) => accounts.map(accountEnding),
};

/** The questions of the list, in its order, that the feed knows an answer to. */
export function knownFacts(person: Person, facts: readonly IdentityFact[]): readonly IdentityQuestion[] {
  return facts.flatMap((fact) => {
    const answers = [...new Set(answersTo[fact](person).map(plainAnswer))].filter((answer) => answer !== '');
    return answers.length === 0 ? [] : { fact, answers };
  });
}

/** The first question of the list that the feed knows an answer to; null when it knows none. */
export function questionFor(person: Person, facts: readonly IdentityFact[]): IdentityQuestion | null {
  return knownFacts(person, facts)[0] ?? null;
}

/** The last signs of an account's number, as a card or statement shows them. */
export function accountEnding({ accountId, attributes }: Account): string {
  return attributes['x_account_ending'] ?? accountId.replaceAll(/[^0-9A-Za-z]/g, '').slice(-endingLength);
}
