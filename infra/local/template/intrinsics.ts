import { type Json, type JsonObject, isJsonArray, isJsonObject, textOf } from '#infra/local/json.ts';

/** What an expression in a template may refer to. Each look-up fails with an error that names what is missing. */
export interface TemplateScope {
  ref(logicalId: string): Json;
  attribute(logicalId: string, attribute: string): Json;
  condition(name: string): boolean;
  importValue(exportName: string): Json;
  stackOutput(stackName: string, outputName: string): Json;
  mapping(map: string, key: string, attribute: string): Json;
}

/** `{Ref: AWS::NoValue}`: the property that holds it is left out. */
const noValue = Symbol('AWS::NoValue');
type Resolved = Json | typeof noValue;
type Intrinsic = (argument: Json, scope: TemplateScope) => Resolved;

/**
 * Evaluates the intrinsic functions in a part of a template.
 * An intrinsic that is not known here is an error, never passed through.
 */
export function resolveIntrinsics(value: Json, scope: TemplateScope): Json {
  const resolved = resolve(value, scope);
  return resolved === noValue ? null : resolved;
}

function resolve(value: Json, scope: TemplateScope): Resolved {
  if (isJsonArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (!isJsonObject(value)) return value;
  const call = intrinsicCall(value);
  if (call !== undefined) return call.run(call.argument, scope);
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const resolved = resolve(member ?? null, scope);
    if (resolved !== noValue) members[key] = resolved;
  }
  return members;
}

function intrinsicCall(value: JsonObject): { argument: Json; run: Intrinsic } | undefined {
  const [key = '', ...others] = Object.keys(value);
  const argument = value[key] ?? null;
  // `Condition` is also an ordinary key of policy statements, whose value is an object.
  const isCall = key === 'Condition' ? typeof argument === 'string' : /^(Ref$|Fn::)/.test(key);
  if (others.length > 0 || !isCall) return undefined;
  const run = intrinsics[key];
  if (run === undefined)
    throw new Error(
      `The template uses ${key}, which the local run cannot evaluate: ${JSON.stringify(value)}`,
    );
  return { argument, run };
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => (argument === 'AWS::NoValue' ? noValue : scope.ref(text(argument, scope))),
  Condition: (argument, scope) => scope.condition(text(argument, scope)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = isJsonArray(argument)
      ? argument.map((part) => text(part, scope))
      : text(argument, scope).split('.');
    return scope.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Join': (argument, scope) => {
    const [separator = '', items = []] = list(argument, scope);
    return list(items, scope).map(textOf).join(textOf(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index = 0, items = []] = list(argument, scope);
    const selected = list(items, scope)[Number(index)];
    if (selected === undefined)
      throw new Error(`Fn::Select ${Number(index)} is outside its list: ${JSON.stringify(argument)}`);
    return selected;
  },
  'Fn::Split': (argument, scope) => {
    const [separator = '', source = ''] = list(argument, scope);
    return textOf(source).split(textOf(separator));
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(text(argument, scope)),
  'Fn::GetStackOutput': (argument, scope) => stackOutput(argument, scope),
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', key = '', attribute = ''] = list(argument, scope).map(textOf);
    return scope.mapping(map, key, attribute);
  },
  'Fn::If': (argument, scope) => {
    if (!isJsonArray(argument)) throw new Error(`Fn::If needs a list: ${JSON.stringify(argument)}`);
    const [name = '', whenTrue = null, whenFalse = null] = argument;
    return resolve(scope.condition(text(name, scope)) ? whenTrue : whenFalse, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument, scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => list(argument, scope).every((item) => item === true),
  'Fn::Or': (argument, scope) => list(argument, scope).some((item) => item === true),
  'Fn::Not': (argument, scope) => list(argument, scope)[0] !== true,
  'Fn::Base64': (argument, scope) => Buffer.from(text(argument, scope)).toString('base64'),
};

function substitute(argument: Json, scope: TemplateScope): string {
  const [pattern = '', variables = {}] = isJsonArray(argument) ? argument : [argument];
  return text(pattern, scope).replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const own = isJsonObject(variables) ? variables[name] : undefined;
    if (own !== undefined) return textOf(resolveIntrinsics(own, scope));
    const dot = name.indexOf('.');
    return textOf(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
}

function stackOutput(argument: Json, scope: TemplateScope): Json {
  const value = resolveIntrinsics(argument, scope);
  if (!isJsonObject(value))
    throw new Error(`Fn::GetStackOutput needs an object: ${JSON.stringify(argument)}`);
  return scope.stackOutput(textOf(value['StackName']), textOf(value['OutputName']));
}

function list(argument: Json, scope: TemplateScope): readonly Json[] {
  const value = resolveIntrinsics(argument, scope);
  if (!isJsonArray(value))
    throw new Error(`A list is needed where the template has ${JSON.stringify(argument)}`);
  return value;
}

function text(argument: Json, scope: TemplateScope): string {
  const value = resolveIntrinsics(argument, scope);
  if (typeof value !== 'string')
    throw new Error(`Text is needed where the template has ${JSON.stringify(argument)}`);
  return value;
}
