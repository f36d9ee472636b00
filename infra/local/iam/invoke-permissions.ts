import { notifiedArns } from '#infra/local/events/bucket-notifications.ts';
import type { DoorPlan } from '#infra/local/http/doors.ts';
import { evaluatePolicy } from '#infra/local/iam/policy.ts';
import { roleNameOf, roleStatements } from '#infra/local/iam/role-policies.ts';
import { listAt, textAt } from '#infra/local/json.ts';
import { functionNameOf } from '#infra/local/lambda/function-name.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** Somebody who invokes a function, and by which resource. */
interface Invoker {
  readonly where: string;
  readonly principal: string;
  readonly targetArn: string;
}

/**
 * Checks that every service which invokes a function may do so: by an AWS::Lambda::Permission, or for EventBridge
 * Scheduler by its role. On AWS a missing one is seen only by nothing happening. Conditions on the source are not checked.
 */
export function checkInvokePermissions(
  resources: readonly StackResource[],
  doors: readonly DoorPlan[],
): void {
  const granted = new Set(
    resources
      .filter(({ type }) => type === 'AWS::Lambda::Permission')
      .map(
        ({ properties }) =>
          `${textAt(properties, 'Principal') ?? ''} ${functionNameOf(textAt(properties, 'FunctionName') ?? '')}`,
      ),
  );
  for (const { where, principal, targetArn } of [
    ...doors.flatMap(doorInvokers),
    ...resources.flatMap(eventInvokers),
  ]) {
    const name = functionNameOf(targetArn);
    if (!granted.has(`${principal} ${name}`))
      throw new Error(
        `${where}: the template has no AWS::Lambda::Permission by which ${principal} may invoke ${name}.`,
      );
  }
  for (const schedule of resources.filter(({ type }) => type === 'AWS::Scheduler::Schedule'))
    checkScheduleRole(schedule, resources);
}

function doorInvokers({ logicalId, publicUrl, routes }: DoorPlan): Invoker[] {
  const isFunctionUrl = publicUrl.includes('.lambda-url.');
  return routes
    .filter(({ target }) => !isFunctionUrl || target.authorization === 'NONE')
    .map(({ routeKey, target }) => ({
      where: `${logicalId} ${routeKey}`,
      principal: isFunctionUrl ? '*' : 'apigateway.amazonaws.com',
      targetArn: target.functionName,
    }));
}

function eventInvokers(resource: StackResource): Invoker[] {
  const { logicalId: where, type, properties } = resource;
  const invoker = (principal: string, arns: readonly string[]): Invoker[] =>
    arns
      .filter((arn) => arn.startsWith('arn:aws:lambda:'))
      .map((targetArn) => ({ where, principal, targetArn }));
  switch (type) {
    case 'AWS::Events::Rule':
      return invoker(
        'events.amazonaws.com',
        listAt(properties, 'Targets').map((target) => textAt(target, 'Arn') ?? ''),
      );
    case 'AWS::AppConfig::ConfigurationProfile':
      return invoker(
        'appconfig.amazonaws.com',
        listAt(properties, 'Validators').map((validator) => textAt(validator, 'Content') ?? ''),
      );
    case 'AWS::SNS::Subscription':
      return invoker('sns.amazonaws.com', [textAt(properties, 'Endpoint') ?? '']);
    default:
      return invoker('s3.amazonaws.com', notifiedArns(resource));
  }
}

function checkScheduleRole(
  { logicalId, properties }: StackResource,
  resources: readonly StackResource[],
): void {
  const target = properties['Target'];
  const resource = textAt(target, 'Arn') ?? '';
  if (!resource.startsWith('arn:aws:lambda:')) return;
  const roleName = roleNameOf(textAt(target, 'RoleArn') ?? '');
  const request = { action: 'lambda:InvokeFunction', resource, context: {} };
  if (evaluatePolicy(roleStatements(roleName, resources), request) !== 'allowed')
    throw new Error(
      `${logicalId}: its role ${roleName} does not allow lambda:InvokeFunction on ${resource}.`,
    );
}
