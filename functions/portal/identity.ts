import { createHash, timingSafeEqual } from 'node:crypto';
import type { IdentityFact } from '#shared/contracts/agreement-rules.ts';
import type { Account } from '#shared/contracts/account.ts';
import type { Person } from '#shared/contracts/person.ts';
import { dateOf } from './read-date.ts';

/** What the person is asked, and every answer that is right. */
export interface IdentityQuestion {
  readonly fact: IdentityFact;
  readonly answers: readonly string[];
}

/** Longest answer that is looked at, in characters. */
const answerLengthMax = 64;
const endingLength = 4;

/** The first question of the list that the feed knows an answer to; null when it knows none. */
export function questionFor(person: Person, facts: readonly IdentityFact[]): IdentityQuestion | null {
  for (const fact of facts) {
    const answers = [...new Set(known[fact](person).map(normalised))].filter((answer) => answer !== '');
    if (answers.length > 0) return { fact, answers };
  }
  return null;
}

const known: Readonly<Record<IdentityFact, (person: Person) => readonly string[]>> = {
  birth_date: ({ accounts }) => accounts.flatMap(({ attributes }) => attributes['x_birth_date'] ?? []),
  postal_code: ({ debtor }) => (debtor?.postalCode === undefined ? [] : [debtor.postalCode]),
  account_ending: ({ accounts }) => accounts.map(accountEnding),
};

/** The last signs of an account's number, as a card or statement shows them. */
export function accountEnding({ accountId, attributes }: Account): string {
  return attributes['x_account_ending'] ?? accountId.replaceAll(/[^0-9A-Za-z]/g, '').slice(-endingLength);
}

/** The answer of a filled in form, as one text. */
export function answerIn(form: URLSearchParams, fact: IdentityFact): string {
  if (fact !== 'birth_date') return form.get('answer') ?? '';
  const [year = 0, month = 0, day = 0] = ['year', 'month', 'day'].map((name) =>
    Number(normalised(form.get(name) ?? '')),
  );
  return dateOf(year, month, day) ?? '';
}

/** Whether an answer is right. Takes as long for a wrong one, and for one that is nearly right. */
export function isRight(answer: string, { answers }: IdentityQuestion): boolean {
  const given = digest(normalised(answer));
  return answers.map((right) => timingSafeEqual(given, digest(right))).includes(true);
}

/** How something is typed does not matter: width of figures, case, blanks and hyphens. */
function normalised(text: string): string {
  return text
    .slice(0, answerLengthMax)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
