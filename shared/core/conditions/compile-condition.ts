import type {
  AttributeTest,
  Condition,
  FactTests,
  NumberFact,
  NumberTest,
  WordFact,
  WordTest,
} from '#shared/contracts/condition.ts';
import type { FactScope } from './fact-scope.ts';
import { numberFacts, numberOf } from './number-facts.ts';
import { wordFacts } from './word-facts.ts';

/** Whether a condition holds for an account at the moment of its facts. */
export type CompiledCondition = (scope: FactScope) => boolean;

/** Holds always: what a condition that was left out means. */
export const always: CompiledCondition = () => true;

/**
 * Compiles a condition: all of its own tests, at least one of `any`, none of `none`. A test on a fact that is not known
 * does not hold, whichever way it points, so that nobody is treated by something that nobody told; under `none` it
 * therefore lets the account pass.
 */
export function compileCondition(condition: Condition | undefined): CompiledCondition {
  if (condition === undefined) return always;
  const { any, none, ...own } = condition;
  const tests = compileTests(own);
  const alternatives = any?.map(compileTests);
  const excluded = none?.map(compileTests) ?? [];
  return (scope) =>
    tests(scope) &&
    (alternatives === undefined || alternatives.some((holds) => holds(scope))) &&
    !excluded.some((holds) => holds(scope));
}

function compileTests({ attributes = {}, ...facts }: FactTests): CompiledCondition {
  const tests = Object.entries(facts).flatMap(([fact, test]) => compileTest(fact, test));
  for (const [name, test] of Object.entries(attributes)) tests.push(attributeTest(name, test));
  return (scope) => tests.every((holds) => holds(scope));
}

function compileTest(fact: string, test: NumberTest | WordTest | undefined): CompiledCondition[] {
  if (test === undefined) return [];
  if (isNumberFact(fact) && isNumberTest(test)) {
    const valueOf = numberFacts[fact];
    return [isKnownAnd(valueOf, compileNumberTest(test))];
  }
  if (isWordFact(fact) && !isNumberTest(test)) {
    const words = wordFacts[fact];
    return [(scope) => matches(words(scope), test)];
  }
  throw new Error(`the condition on ${fact} has passed no schema`);
}

function attributeTest(name: string, test: AttributeTest): CompiledCondition {
  const textIn = ({ account }: FactScope): string | undefined => account.attributes[name];
  if (isNumberTest(test))
    return isKnownAnd((scope) => numberOf(textIn(scope) ?? ''), compileNumberTest(test));
  return (scope) => {
    const text = textIn(scope);
    return text !== undefined && matches([text], test);
  };
}

function isKnownAnd(
  valueOf: (scope: FactScope) => number | undefined,
  holds: NumberCheck,
): CompiledCondition {
  return (scope) => {
    const value = valueOf(scope);
    return value !== undefined && holds(value);
  };
}

/** Whether a name is that of a fact that is a number. */
export function isNumberFact(fact: string): fact is NumberFact {
  return Object.hasOwn(numberFacts, fact);
}

/** Whether a name is that of a fact that is a word, or a set of words. */
export function isWordFact(fact: string): fact is WordFact {
  return Object.hasOwn(wordFacts, fact);
}

function isNumberTest(test: AttributeTest): test is NumberTest {
  return typeof test === 'number' || (typeof test === 'object' && !Array.isArray(test) && !('not' in test));
}

type NumberCheck = (value: number) => boolean;

function compileNumberTest(test: NumberTest): NumberCheck {
  if (typeof test === 'number') return (value) => value === test;
  const { gt, gte, lt, lte } = test;
  const checks: NumberCheck[] = [
    ...bound(gt, (value, limit) => value > limit),
    ...bound(gte, (value, limit) => value >= limit),
    ...bound(lt, (value, limit) => value < limit),
    ...bound(lte, (value, limit) => value <= limit),
  ];
  return (value) => checks.every((holds) => holds(value));
}

function bound(
  limit: number | undefined,
  holds: (value: number, limit: number) => boolean,
): readonly NumberCheck[] {
  return limit === undefined ? [] : [(value) => holds(value, limit)];
}

function matches(words: readonly string[], test: WordTest): boolean {
  if (words.length === 0) return false;
  if (typeof test === 'string') return words.includes(test);
  if ('not' in test) return !matches(words, test.not);
  return test.some((word) => words.includes(word));
}
