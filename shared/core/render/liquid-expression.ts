import type { TemplateContext, TemplateVariable } from '#shared/contracts/template.ts';
import { contextVariables, templateContexts } from '#shared/contracts/template-variables.ts';
import { liquidWords, type Complaint, type LiquidWord } from './liquid-words.ts';
import { isCount } from './template-values.ts';

/** The values of a text of any context. */
export type AnyValues = { readonly [V in TemplateVariable]?: Comparable };
/** Makes the text of a value. */
export type ValueText = (values: AnyValues) => string;
/** Decides a condition. */
export type ValueTest = (values: AnyValues) => boolean;

type Comparable = string | number;
/** What a condition compares a variable with; undefined when that is another variable. */
export interface Comparison {
  readonly variable: TemplateVariable;
  readonly literal: Comparable | undefined;
}

type ReadValue = { readonly read: ValueText; readonly variables: readonly TemplateVariable[] } | Complaint;
type ReadTest = { readonly read: ValueTest; readonly comparisons: readonly Comparison[] } | Complaint;

/** Reads the inside of `{{ … }}`: a variable of the context and its filters. */
export function readValue(inner: string, context: TemplateContext): ReadValue {
  const words = liquidWords(inner);
  if ('problem' in words) return words;
  const [first, ...rest] = words;
  const variable = variableOf(first, context);
  if (typeof variable !== 'string') return variable;
  const filters = readFilters(rest);
  if ('problem' in filters) return filters;
  const text: ValueText = (values) =>
    filters.reduce((value, filter) => filter(value), String(valueOf(variable, values)));
  return { read: text, variables: [variable] };
}

/** The types do not let values of another context in; if some got in, the text would have a hole. */
function valueOf(variable: TemplateVariable, values: AnyValues): Comparable {
  const value = values[variable];
  if (value === undefined) throw new Error(`a text names ${variable}, which its values do not have`);
  return value;
}

function variableOf(word: LiquidWord | undefined, context: TemplateContext): TemplateVariable | Complaint {
  const known: readonly TemplateVariable[] = contextVariables[context];
  const fix = `use one of ${known.join(', ')}`;
  if (word?.kind !== 'name') return { problem: 'a value has no variable', fix };
  const { value } = word;
  const variable = known.find((name) => name === value);
  if (variable !== undefined) return variable;
  const others = templateContexts.filter((other) => isVariableOf(value, other));
  if (others.length === 0) return { problem: `the variable "${value}" does not exist`, fix };
  const problem = `the variable "${value}" does not exist in a text of context ${context}`;
  // A text for whoever is not known becomes no other one by a word in its head.
  if (context === 'stranger') return { problem, fix };
  return {
    problem,
    fix: `write \`context: ${others.join('` or `context: ')}\` if that is what the text is about, or ${fix}`,
  };
}

function isVariableOf(name: string, context: TemplateContext): boolean {
  const known: readonly string[] = contextVariables[context];
  return known.includes(name);
}

type Filter = (text: string) => string;

const plainFilters: Readonly<Record<string, Filter>> = {
  upcase: (text) => text.toUpperCase(),
  downcase: (text) => text.toLowerCase(),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  strip: (text) => text.trim(),
};

function readFilters(words: readonly LiquidWord[]): readonly Filter[] | Complaint {
  const filters: Filter[] = [];
  let rest = words;
  while (rest.length > 0) {
    const next = readFilter(rest);
    if ('problem' in next) return next;
    filters.push(next.filter);
    rest = rest.slice(next.length);
  }
  return filters;
}

function readFilter(words: readonly LiquidWord[]): { filter: Filter; length: number } | Complaint {
  const [bar, name, colon, argument] = words;
  if (!isMark(bar, '|') || name?.kind !== 'name') {
    return { problem: 'more than a variable stands in one value', fix: 'give each variable its own {{ }}' };
  }
  const filter = Object.hasOwn(plainFilters, name.value) ? plainFilters[name.value] : undefined;
  if (filter !== undefined) return { filter, length: 2 };
  if (name.value === 'default' && isMark(colon, ':')) return readDefault(argument);
  return notPermitted(name.value);
}

/** `default: "…"` says something where a text is empty. */
function readDefault(argument: LiquidWord | undefined): { filter: Filter; length: number } | Complaint {
  if (argument?.kind !== 'text') return notPermitted('default');
  return { filter: (text) => (text === '' ? argument.value : text), length: 4 };
}

function notPermitted(name: string): Complaint {
  const fix = `use only ${Object.keys(plainFilters).join(', ')}, or default: "…"`;
  return { problem: `the filter "${name}" is not permitted so`, fix };
}

function isMark(word: LiquidWord | undefined, value: string): boolean {
  return word?.kind === 'mark' && word.value === value;
}

/** Reads the inside of `{% if … %}`: comparisons joined by `and` or `or`, which bind from the right as in liquid. */
export function readCondition(words: readonly LiquidWord[], context: TemplateContext): ReadTest {
  const joint = words.findIndex(({ kind, value }) => kind === 'name' && (value === 'and' || value === 'or'));
  if (joint === -1) return readComparison(words, context);
  const left = readComparison(words.slice(0, joint), context);
  if ('problem' in left) return left;
  const right = readCondition(words.slice(joint + 1), context);
  if ('problem' in right) return right;
  const test: ValueTest =
    words[joint]?.value === 'and'
      ? (values) => left.read(values) && right.read(values)
      : (values) => left.read(values) || right.read(values);
  return { read: test, comparisons: [...left.comparisons, ...right.comparisons] };
}

interface Operand {
  readonly of: (values: AnyValues) => Comparable;
  readonly isNumber: boolean;
  readonly variable: TemplateVariable | undefined;
  readonly literal: Comparable | undefined;
}

type Compare = (a: Comparable, b: Comparable) => boolean;
const equalities: Readonly<Record<string, Compare>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
const orders: Readonly<Record<string, Compare>> = {
  '<': (a, b) => Number(a) < Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '<=': (a, b) => Number(a) <= Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
};

function readComparison(words: readonly LiquidWord[], context: TemplateContext): ReadTest {
  const [first, operator, second] = words;
  if (words.length !== 3 || first === undefined || second === undefined || operator?.kind !== 'mark') {
    // Every variable has a value, and in liquid even an empty text is true: a bare variable would decide nothing.
    const fix = 'compare two things: {% if givenName != "" %} or {% if accountCount > 1 %}';
    return { problem: 'a condition is no comparison', fix };
  }
  const left = readOperand(first, context);
  if ('problem' in left) return left;
  const right = readOperand(second, context);
  if ('problem' in right) return right;
  return compared(left, operator.value, right);
}

function compared(left: Operand, operator: LiquidWord['value'], right: Operand): ReadTest {
  const comparisons = left.isNumber ? { ...equalities, ...orders } : equalities;
  const compare = left.isNumber === right.isNumber ? comparisons[operator] : undefined;
  if (compare === undefined) {
    const fix = 'compare numbers with numbers, and texts with texts by == or !=';
    return { problem: `${String(operator)} cannot compare these`, fix };
  }
  const test: ValueTest = (values) => compare(left.of(values), right.of(values));
  return { read: test, comparisons: [...comparisonOf(left, right), ...comparisonOf(right, left)] };
}

function comparisonOf({ variable }: Operand, { literal }: Operand): readonly Comparison[] {
  return variable === undefined ? [] : [{ variable, literal }];
}

function readOperand(word: LiquidWord, context: TemplateContext): Operand | Complaint {
  if (word.kind === 'text' || word.kind === 'number') {
    const { value } = word;
    return { of: () => value, isNumber: word.kind === 'number', variable: undefined, literal: value };
  }
  const variable = variableOf(word, context);
  if (typeof variable !== 'string') return variable;
  const of = (values: AnyValues): Comparable => valueOf(variable, values);
  return { of, isNumber: isCount(variable), variable, literal: undefined };
}
