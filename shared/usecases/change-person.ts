import type { Person } from '#shared/contracts/person.ts';
import type { PersonChange } from '#shared/contracts/person-change.ts';
import type { DebtorStore } from '#shared/ports/debtor-store.ts';

/** Tries against others who change the same person at the same moment. */
const attemptsMax = 8;

/** An answer for which nothing has to be written, or one that holds once its change is written. */
export interface Decided<A> {
  readonly answer: A;
  readonly change?: PersonChange;
}

/**
 * Loads the facts, decides, and writes all of it together; when somebody else changed the person meanwhile, decides afresh.
 * `nobody`: there is no such person. `busy`: they were changed again and again. Whoever is about to contact them on the older
 * facts meets a conflict and decides afresh.
 *
 * @throws what the store throws when it does not answer.
 */
export async function changePerson<A>(
  debtorId: string,
  store: Pick<DebtorStore, 'load' | 'change'>,
  decide: (person: Person) => Promise<Decided<A>>,
): Promise<A | 'nobody' | 'busy'> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const person = await store.load(debtorId);
    if (person === null) return 'nobody';
    const { answer, change } = await decide(person);
    if (change === undefined) return answer;
    if ((await store.change(person.debtorId, person.version, change)) === 'done') return answer;
  }
  return 'busy';
}
