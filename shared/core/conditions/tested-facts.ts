import type { Condition, FactTests } from '#shared/contracts/condition.ts';
import { isNumberFact, isWordFact } from './compile-condition.ts';
import type { FactScope } from './fact-scope.ts';
import { numberFacts } from './number-facts.ts';
import { wordFacts } from './word-facts.ts';

/** A fact that conditions look at, and its value; null is unknown. */
export interface TestedFact {
  readonly fact: string;
  readonly value: number | string | readonly string[] | null;
}

/** The facts that conditions look at, each once, in the order in which they are named. */
export function testedFacts(conditions: readonly Condition[], scope: FactScope): readonly TestedFact[] {
  const names = conditions.flatMap(({ any = [], none = [], ...own }) =>
    [own, ...any, ...none].flatMap(namesIn),
  );
  return [...new Set(names)].map((fact) => ({ fact, value: valueOf(fact, scope) }));
}

function namesIn({ attributes = {}, ...facts }: FactTests): string[] {
  return [...Object.keys(facts), ...Object.keys(attributes)];
}

function valueOf(fact: string, scope: FactScope): TestedFact['value'] {
  if (isNumberFact(fact)) return numberFacts[fact](scope) ?? null;
  if (isWordFact(fact)) return wordFacts[fact](scope);
  return scope.account.attributes[fact] ?? null;
}
