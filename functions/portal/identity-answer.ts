import type { IdentityFact } from '#shared/contracts/agreement-rules.ts';
import { plainAnswer } from '#shared/core/identity-check/right-answer.ts';
import { dateOf } from './read-date.ts';

/** The answer to the identity question in a filled in form, as one text. */
export function answerIn(form: URLSearchParams, fact: IdentityFact): string {
  if (fact !== 'birth_date') return form.get('answer') ?? '';
  const [year = 0, month = 0, day = 0] = ['year', 'month', 'day'].map((name) =>
    Number(plainAnswer(form.get(name) ?? '')),
  );
  return dateOf(year, month, day) ?? '';
}
