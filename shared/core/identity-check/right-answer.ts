import { createHash, timingSafeEqual } from 'node:crypto';
import type { IdentityQuestion } from './identity-question.ts';

/** Longest answer that is looked at, in characters. */
const answerLengthMax = 64;

/**
 * Whether an answer is right. Takes as long for a wrong one, and for one that is nearly right.
 *
 * Example: "ab-12 3" is right where "AB123" is expected.
 */
export function isRight(answer: string, { answers }: Pick<IdentityQuestion, 'answers'>): boolean {
  const given = digest(plainAnswer(answer));
  return answers.map((right) => timingSafeEqual(given, digest(plainAnswer(right)))).includes(true);
}

/** How something is typed does not matter: width of figures, case, blanks and hyphens. */
export function plainAnswer(text: string): string {
  return text
    .slice(0, answerLengthMax)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
