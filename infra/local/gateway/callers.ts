import { type PolicyStatement, type RequestContext, evaluatePolicy } from '#infra/local/iam/policy.ts';
import type { RequiredPermission } from '#infra/local/iam/required-permissions.ts';
import { accessKeyOf } from '#infra/local/lambda/function-environment.ts';

/** Who may call the local AWS: the functions with their roles, and the operator (the command line), who may do everything. */
export interface Caller {
  readonly name: string;
  /** The ARN in AccessDenied messages. */
  readonly arn: string;
  readonly isOperator: boolean;
  /** The first permission that is missing, if any. */
  refusal(permissions: readonly RequiredPermission[], context?: RequestContext): Refusal | undefined;
}

interface Refusal extends RequiredPermission {
  readonly explicit: boolean;
}

/** The operator's credentials: whoever runs the local run owns it. */
export const operatorAccessKey = 'LOCALOPERATOR';

/** Distinct requests whose answer is remembered for each function. */
const rememberedMax = 5_000;

function operatorCaller(): Caller {
  return {
    name: 'operator',
    arn: 'arn:aws:iam::000000000000:user/operator',
    isOperator: true,
    refusal: () => undefined,
  };
}

export function functionCaller(
  functionName: string,
  roleName: string,
  statements: readonly PolicyStatement[],
): Caller {
  const remembered = new Map<string, Refusal | undefined>();
  const conditionKeys = new Set(statements.flatMap((statement) => statement.conditionKeys));
  const check = ({ action, resource }: RequiredPermission, context: RequestContext): Refusal | undefined => {
    const answer = evaluatePolicy(statements, { action, resource, context });
    return answer === 'allowed' ? undefined : { action, resource, explicit: answer === 'denied' };
  };
  return {
    name: functionName,
    arn: `arn:aws:sts::000000000000:assumed-role/${roleName}/${functionName}`,
    isOperator: false,
    refusal: (permissions, context = {}) => {
      for (const permission of permissions) {
        const asked = onlyKeys({ ...context, ...permission.context }, conditionKeys);
        const key = `${permission.action} ${permission.resource} ${JSON.stringify(asked)}`;
        if (remembered.size > rememberedMax) remembered.clear();
        if (!remembered.has(key)) remembered.set(key, check(permission, asked));
        const refusal = remembered.get(key);
        if (refusal !== undefined) return refusal;
      }
      return undefined;
    },
  };
}

/** Only what the caller's policies look at: an answer is remembered for all requests that differ in nothing else. */
function onlyKeys(context: RequestContext, keys: ReadonlySet<string>): RequestContext {
  return Object.fromEntries(Object.entries(context).filter(([key]) => keys.has(key)));
}

/** Finds callers by the access key in a request's signature. The signature itself is not checked: it has one secret for all. */
export class Callers {
  readonly #byAccessKey = new Map<string, Caller>([[operatorAccessKey, operatorCaller()]]);

  addFunction(caller: Caller): void {
    this.#byAccessKey.set(accessKeyOf(caller.name), caller);
  }

  find(authorization: string | undefined): { readonly caller: Caller; readonly service: string } | undefined {
    const scope = /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization ?? '');
    const caller = this.#byAccessKey.get(scope?.[1] ?? '');
    return caller === undefined ? undefined : { caller, service: scope?.[2] ?? '' };
  }
}
