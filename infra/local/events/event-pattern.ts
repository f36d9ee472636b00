import { type Json, type JsonObject, isJsonArray, isJsonObject, textOf } from '#infra/local/json.ts';

/** Whether a value matches; reads the event's value, `undefined` where it is absent. */
type ValueTest = (value: Json | undefined) => boolean;
type EventTest = (event: Json | undefined) => boolean;

/**
 * Compiles an event pattern (EventBridge rules, filter criteria of event source mappings).
 * An operator that is not known here is an error at start: a filter that is misread would wake or silence functions.
 */
export function compileEventPattern(pattern: JsonObject): EventTest {
  const tests = Object.entries(pattern).map(([key, expected]) => compileMember(key, expected ?? null));
  return (event) => tests.every((test) => test(event));
}

function compileMember(key: string, expected: Json): EventTest {
  if (key === '$or') {
    if (!isJsonArray(expected)) throw new Error('$or in an event pattern needs a list.');
    const branches = expected.map((branch) => compileEventPattern(isJsonObject(branch) ? branch : {}));
    return (event) => branches.some((branch) => branch(event));
  }
  if (isJsonArray(expected)) {
    const test = anyOf(expected.map(compileValue));
    return (event) => test(memberOf(event, key));
  }
  if (!isJsonObject(expected))
    throw new Error(`${key} in an event pattern needs a list of values or a nested pattern.`);
  const nested = compileEventPattern(expected);
  return (event) => nested(memberOf(event, key));
}

/** A list in the event matches when any of its members does. */
function anyOf(tests: readonly ValueTest[]): ValueTest {
  return (value) =>
    isJsonArray(value)
      ? tests.some((test) => value.some((item) => test(item)))
      : tests.some((test) => test(value));
}

function compileValue(expected: Json): ValueTest {
  if (!isJsonObject(expected)) return (value) => value === expected;
  const [[operator, argument] = []] = Object.entries(expected);
  const compile = operator === undefined ? undefined : operators[operator];
  if (compile === undefined)
    throw new Error(
      `The event pattern operator ${String(operator)} is not known to the local run: ${JSON.stringify(expected)}`,
    );
  return compile(argument ?? null);
}

const operators: Readonly<Record<string, (argument: Json) => ValueTest>> = {
  prefix: (argument) => textTest(argument, (value, expected) => value.startsWith(expected)),
  suffix: (argument) => textTest(argument, (value, expected) => value.endsWith(expected)),
  'equals-ignore-case': (argument) =>
    textTest(argument, (value, expected) => value.toLowerCase() === expected.toLowerCase()),
  exists: (argument) => (value) => (value !== undefined && !isJsonObject(value)) === argument,
  'anything-but': (argument) => {
    const test = anyOf((isJsonArray(argument) ? argument : [argument]).map(compileValue));
    return (value) => value !== undefined && !test(value);
  },
  numeric: (argument) => numericTest(argument),
  wildcard: (argument) => {
    const parts = textOf(argument)
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    const expression = new RegExp(`^${parts.join('.*')}$`, 's');
    return (value) => typeof value === 'string' && expression.test(value);
  },
};

function textTest(argument: Json, test: (value: string, expected: string) => boolean): ValueTest {
  if (typeof argument !== 'string')
    throw new Error(`An event pattern compares with ${JSON.stringify(argument)}, which is not text.`);
  return (value) => typeof value === 'string' && test(value, argument);
}

/** `["\u003e", 0, "\u003c=", 100]`: pairs of comparison and number which must all hold. */
function numericTest(argument: Json): ValueTest {
  const parts = isJsonArray(argument) ? argument : [];
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2)
    tests.push(comparison(textOf(parts[index]), Number(parts[index + 1])));
  if (tests.length === 0)
    throw new Error(`numeric in an event pattern needs comparisons: ${JSON.stringify(argument)}`);
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function comparison(sign: string, limit: number): (value: number) => boolean {
  switch (sign) {
    case '=':
      return (value) => value === limit;
    case '<':
      return (value) => value < limit;
    case '<=':
      return (value) => value <= limit;
    case '>':
      return (value) => value > limit;
    case '>=':
      return (value) => value >= limit;
    default:
      throw new Error(`numeric in an event pattern has no comparison ${sign}.`);
  }
}

function memberOf(event: Json | undefined, key: string): Json | undefined {
  return isJsonObject(event) ? event[key] : undefined;
}
