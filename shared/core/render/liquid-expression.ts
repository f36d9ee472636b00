import { templateVariables, type TemplateVariable } from '#shared/contracts/template.ts';
import { liquidWords, type Complaint, type LiquidWord } from './liquid-words.ts';
import { isCount, type TemplateValues } from './template-values.ts';

/** Makes the text of a value. */
export type ValueText = (values: TemplateValues) => string;
/** Decides a condition. */
export type ValueTest = (values: TemplateValues) => boolean;

type Read<T> = { readonly read: T; readonly variables: readonly TemplateVariable[] } | Complaint;

const known = new Set<string>(templateVariables);

function isTemplateVariable(name: string): name is TemplateVariable {
  return known.has(name);
}

/** Reads the inside of `{{ … }}`: a variable and its filters. */
export function readValue(inner: string): Read<ValueText> {
  const words = liquidWords(inner);
  if ('problem' in words) return words;
  const [first, ...rest] = words;
  const variable = variableOf(first);
  if (typeof variable !== 'string') return variable;
  const filters = readFilters(rest);
  if ('problem' in filters) return filters;
  const text: ValueText = (values) =>
    filters.reduce((value, filter) => filter(value), String(values[variable]));
  return { read: text, variables: [variable] };
}

function variableOf(word: LiquidWord | undefined): TemplateVariable | Complaint {
  const fix = `use one of ${templateVariables.join(', ')}`;
  if (word?.kind !== 'name') return { problem: 'a value has no variable', fix };
  return isTemplateVariable(word.value)
    ? word.value
    : { problem: `the variable "${word.value}" does not exist`, fix };
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
export function readCondition(words: readonly LiquidWord[]): Read<ValueTest> {
  const joint = words.findIndex(({ kind, value }) => kind === 'name' && (value === 'and' || value === 'or'));
  if (joint === -1) return readComparison(words);
  const left = readComparison(words.slice(0, joint));
  if ('problem' in left) return left;
  const right = readCondition(words.slice(joint + 1));
  if ('problem' in right) return right;
  const test: ValueTest =
    words[joint]?.value === 'and'
      ? (values) => left.read(values) && right.read(values)
      : (values) => left.read(values) || right.read(values);
  return { read: test, variables: [...left.variables, ...right.variables] };
}

type Comparable = string | number;
interface Operand {
  readonly of: (values: TemplateValues) => Comparable;
  readonly isNumber: boolean;
  readonly variables: readonly TemplateVariable[];
}

type Comparison = (a: Comparable, b: Comparable) => boolean;
const equalities: Readonly<Record<string, Comparison>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};
const orders: Readonly<Record<string, Comparison>> = {
  '<': (a, b) => Number(a) < Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '<=': (a, b) => Number(a) <= Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
};

function readComparison(words: readonly LiquidWord[]): Read<ValueTest> {
  const [first, operator, second] = words;
  if (words.length !== 3 || first === undefined || second === undefined || operator?.kind !== 'mark') {
    // Every variable has a value, and in liquid even an empty text is true: a bare variable would decide nothing.
    const fix = 'compare two things: {% if givenName != "" %} or {% if accountCount > 1 %}';
    return { problem: 'a condition is no comparison', fix };
  }
  const left = readOperand(first);
  if ('problem' in left) return left;
  const right = readOperand(second);
  if ('problem' in right) return right;
  return compared(left, operator.value, right);
}

function compared(left: Operand, operator: LiquidWord['value'], right: Operand): Read<ValueTest> {
  const comparisons = left.isNumber ? { ...equalities, ...orders } : equalities;
  const compare = left.isNumber === right.isNumber ? comparisons[operator] : undefined;
  if (compare === undefined) {
    const fix = 'compare numbers with numbers, and texts with texts by == or !=';
    return { problem: `${String(operator)} cannot compare these`, fix };
  }
  const test: ValueTest = (values) => compare(left.of(values), right.of(values));
  return { read: test, variables: [...left.variables, ...right.variables] };
}

function readOperand(word: LiquidWord): Operand | Complaint {
  if (word.kind === 'text' || word.kind === 'number') {
    const { value } = word;
    return { of: () => value, isNumber: word.kind === 'number', variables: [] };
  }
  const variable = variableOf(word);
  if (typeof variable !== 'string') return variable;
  return { of: (values) => values[variable], isNumber: isCount(variable), variables: [variable] };
}
