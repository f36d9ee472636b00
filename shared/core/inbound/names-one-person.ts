import type { IdentityFact } from '#shared/contracts/agreement-rules.ts';
import type { Person } from '#shared/contracts/person.ts';
import type { ReplyKind, ReplyReading } from '#shared/contracts/replies.ts';
import { knownFacts } from '#shared/core/identity-check/identity-question.ts';
import { isRight } from '#shared/core/identity-check/right-answer.ts';

/** Longest message that is taken for an answer to the question whose messages they are, in characters. */
const answerLengthMax = 64;

/** What a short answer with a number in it may also be read as. */
const besides: ReadonlySet<ReplyKind> = new Set(['unknown', 'confirm', 'deny', 'satisfaction']);

/** Whether a message says who writes, by its form alone: short, with a figure in it, and nothing else is meant by it. */
export function looksLikeIdentity(text: string, { intents }: Pick<ReplyReading, 'intents'>): boolean {
  const isShort = text.trim().length <= answerLengthMax;
  return isShort && /\p{N}/u.test(text) && intents.every(({ kind }) => besides.has(kind));
}

/**
 * The one person of whom a message names a fact that the feed knows; undefined when it is nobody's, or of more than one.
 *
 * Example: "my account ends in 4711" names the only one of two whose account does.
 */
export function namesOnePerson(
  text: string,
  people: readonly Person[],
  facts: readonly IdentityFact[],
): Person | undefined {
  const candidates = [
    text,
    ...(text.match(/[0-9A-Za-z\uFF10-\uFF19-]*\p{N}[0-9A-Za-z\uFF10-\uFF19-]*/gu) ?? []),
  ];
  const asked: readonly IdentityFact[] = ['account_ending', ...facts];
  const named = people.filter((person) => {
    const right = knownFacts(person, asked).flatMap((question) =>
      candidates.map((candidate) => isRight(candidate, question)),
    );
    return right.includes(true);
  });
  return named.length === 1 ? named[0] : undefined;
}
