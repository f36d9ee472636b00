import type { CallSettings } from '#shared/contracts/call-flow.ts';
import type { Person } from '#shared/contracts/person.ts';
import { knownFacts, type IdentityQuestion } from '#shared/core/identity-check/identity-question.ts';

/** A ZIP code with its four further digits is known to few by heart: the first five are as good. */
const zipPlusFour = /^\d{9}$/;
const zipLength = 5;

/**
 * The two questions of a call's identity check: the first that the feed knows an answer to that can be keyed in. Answers with
 * letters are left out, and a fact that has no others is not asked. Null when there are not two: one is not enough.
 */
export function callQuestions(
  person: Person,
  { identity }: CallSettings,
): readonly [IdentityQuestion, IdentityQuestion] | null {
  const [first, second] = knownFacts(person, identity.facts).flatMap(({ fact, answers }) => {
    const keyable = answers.filter((answer) => /^\d{3,12}$/.test(answer));
    return keyable.length === 0 ? [] : { fact, answers: withShortZips(fact, keyable) };
  });
  return first === undefined || second === undefined ? null : [first, second];
}

function withShortZips(fact: IdentityQuestion['fact'], answers: readonly string[]): readonly string[] {
  if (fact !== 'postal_code') return answers;
  const short = answers
    .filter((answer) => zipPlusFour.test(answer))
    .map((answer) => answer.slice(0, zipLength));
  return [...answers, ...short];
}
