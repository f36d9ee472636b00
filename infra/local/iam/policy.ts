import { type Json, type JsonObject, isJsonArray, isJsonObject, textOf } from '#infra/local/json.ts';

/** One statement of an identity policy, ready to be asked. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly matchesAction: (action: string) => boolean;
  readonly matchesResource: (resource: string) => boolean;
  readonly holds: (context: RequestContext) => boolean;
  /** Condition keys on which it hangs whether the statement holds. */
  readonly conditionKeys: readonly string[];
}

/** Values of the condition keys that this run can read from a request. */
export type RequestContext = Readonly<Record<string, string>>;

type PolicyAnswer = 'allowed' | 'denied' | 'not allowed';

/** Condition keys whose value the gateway knows. A policy with another one is refused at start: guessing would open or shut doors. */
const knownConditionKeys: ReadonlySet<string> = new Set(['ses:FromAddress', 'dynamodb:LeadingKeys']);
/** Operators that compare a text. The keys here have one value each, so that "for all values" adds nothing to them. */
const knownOperators: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringLike',
  'ForAllValues:StringEquals',
  'ForAllValues:StringLike',
]);

/**
 * Whether the statements allow an action on a resource: an explicit Deny wins, then any Allow, else not allowed.
 * (IAM User Guide, "Policy evaluation logic", for one account and identity policies only.)
 */
export function evaluatePolicy(
  statements: readonly PolicyStatement[],
  request: { readonly action: string; readonly resource: string; readonly context: RequestContext },
): PolicyAnswer {
  const matching = statements.filter(
    (statement) =>
      statement.matchesAction(request.action) &&
      statement.matchesResource(request.resource) &&
      statement.holds(request.context),
  );
  if (matching.some(({ effect }) => effect === 'Deny')) return 'denied';
  return matching.length > 0 ? 'allowed' : 'not allowed';
}

/** Reads the statements of a policy document whose intrinsics are evaluated. `where` names the policy in errors. */
export function readStatements(document: Json | undefined, where: string): PolicyStatement[] {
  const list = isJsonObject(document) ? document['Statement'] : undefined;
  const statements = isJsonArray(list) ? list : [list ?? null];
  return statements.map((statement) => {
    if (!isJsonObject(statement)) throw new Error(`${where}: a policy statement is not an object.`);
    return readStatement(statement, where);
  });
}

function readStatement(statement: JsonObject, where: string): PolicyStatement {
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new Error(`${where}: Effect must be Allow or Deny.`);
  return {
    effect,
    matchesAction: matcher(statement, 'Action', 'i'),
    matchesResource: matcher(statement, 'Resource', ''),
    holds: readCondition(statement['Condition'], where),
    conditionKeys: conditionsIn(statement['Condition']).map(({ key }) => key),
  };
}

function matcher(
  statement: JsonObject,
  member: 'Action' | 'Resource',
  flags: string,
): (value: string) => boolean {
  const patterns = texts(statement[member]).map((pattern) => wildcard(pattern, flags));
  const excluded = texts(statement[`Not${member}`]).map((pattern) => wildcard(pattern, flags));
  if (patterns.length > 0) return (value) => patterns.some((pattern) => pattern.test(value));
  return (value) => excluded.length > 0 && !excluded.some((pattern) => pattern.test(value));
}

function readCondition(condition: Json | undefined, where: string): (context: RequestContext) => boolean {
  const tests = conditionsIn(condition).map((one) => conditionTest(one, where));
  return (context) => tests.every((test) => test(context));
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function conditionsIn(condition: Json | undefined): Condition[] {
  if (!isJsonObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isJsonObject(keys) ? keys : {}).map(([key, value]) => ({
      operator,
      key,
      values: texts(value),
    })),
  );
}

function conditionTest(
  { operator, key, values }: Condition,
  where: string,
): (context: RequestContext) => boolean {
  if (!knownConditionKeys.has(key) || !knownOperators.has(operator))
    throw new Error(
      `${where}: the condition ${operator} on ${key} cannot be checked by the local run. Teach iam/policy.ts, or grant without it.`,
    );
  const patterns = values.map((value) =>
    operator.endsWith('StringLike') ? wildcard(value, '') : exact(value),
  );
  return (context) => patterns.some((pattern) => pattern.test(context[key] ?? ''));
}

/** IAM's wildcards: `*` any text, `?` any one character. */
function wildcard(pattern: string, flags: string): RegExp {
  const body = pattern.split('').map((character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : literal(character);
  });
  return new RegExp(`^${body.join('')}$`, `${flags}s`);
}

function exact(value: string): RegExp {
  return new RegExp(`^${literal(value)}$`);
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function texts(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  return isJsonArray(value) ? value.map(textOf) : [textOf(value)];
}
