import { type Json, isJsonObject, listAt, textAt } from '#infra/local/json.ts';
import { type PolicyStatement, readStatements } from '#infra/local/iam/policy.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** Managed policies of AWS that grant only what the local run does not check: writing logs and traces. */
const harmlessManagedPolicies = [
  'service-role/AWSLambdaBasicExecutionRole',
  'AWSXRayDaemonWriteAccess',
  'AWSXrayWriteOnlyAccess',
  'CloudWatchLambdaApplicationSignalsExecutionRolePolicy',
];

/** All statements that hold for a role: its inline policies and every policy resource of the template that names it. */
export function roleStatements(roleName: string, resources: readonly StackResource[]): PolicyStatement[] {
  const role = resources.find(({ type, name }) => type === 'AWS::IAM::Role' && name === roleName);
  if (role === undefined) throw new Error(`The template has no role named ${roleName}.`);
  const managed = listAt(role.properties, 'ManagedPolicyArns').map(String);
  for (const arn of managed) checkManagedPolicy(arn, role.logicalId, resources);
  const inline = listAt(role.properties, 'Policies').flatMap((policy) =>
    readStatements(
      documentOf(policy),
      `${role.logicalId}, inline policy ${textAt(policy, 'PolicyName') ?? ''}`,
    ),
  );
  const attached = resources
    .filter((resource) => isAttachedTo(resource, roleName, managed))
    .flatMap((policy) => readStatements(documentOf(policy.properties), policy.logicalId));
  return [...inline, ...attached];
}

/** The role's name in its ARN, `arn:aws:iam::123:role/path/name`. */
export function roleNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function documentOf(policy: Json): Json | undefined {
  return isJsonObject(policy) ? policy['PolicyDocument'] : undefined;
}

function isAttachedTo(
  { type, name, properties }: StackResource,
  roleName: string,
  managed: readonly string[],
): boolean {
  if (type !== 'AWS::IAM::Policy' && type !== 'AWS::IAM::ManagedPolicy') return false;
  return (
    listAt(properties, 'Roles').includes(roleName) || managed.some((arn) => arn.endsWith(`:policy/${name}`))
  );
}

function checkManagedPolicy(arn: string, where: string, resources: readonly StackResource[]): void {
  const own = resources.some(
    ({ type, name }) => type === 'AWS::IAM::ManagedPolicy' && arn.endsWith(`:policy/${name}`),
  );
  if (own || harmlessManagedPolicies.some((policy) => arn.endsWith(`:policy/${policy}`))) return;
  throw new Error(
    `${where}: the local run does not know what ${arn} allows. Grant the actions in the template instead.`,
  );
}
