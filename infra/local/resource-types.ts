import { doorLimits, type DoorPlan } from '#infra/local/http/doors.ts';
import { isTable, tableLimits } from '#infra/local/dynamodb/tables.ts';
import { subscriptionLimits } from '#infra/local/events/topics.ts';
import { textAt } from '#infra/local/json.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** Resource types that take part in the local run, or hold what other types read (roles, permissions, stages). */
const runTypes: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Url',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::SecretsManager::Secret',
  'Custom::S3BucketNotifications',
  // Describes the synthesis itself; nothing to run.
  'AWS::CDK::Metadata',
]);

export function isRunnableFunction({ type, properties, assetFolder }: StackResource): boolean {
  return (
    type === 'AWS::Lambda::Function' &&
    assetFolder !== undefined &&
    (textAt(properties, 'Runtime') ?? '').startsWith('nodejs')
  );
}

/** Everything in the template that the local run leaves out, in plain words, for printing at start. */
export function listNotRunLocally(resources: readonly StackResource[], doors: readonly DoorPlan[]): string[] {
  const counts = new Map<string, number>();
  for (const { type } of resources.filter(({ type }) => !runTypes.has(type)))
    counts.set(type, (counts.get(type) ?? 0) + 1);
  const functions = resources
    .filter((resource) => resource.type === 'AWS::Lambda::Function' && !isRunnableFunction(resource))
    .map(
      ({ logicalId, properties }) =>
        `AWS::Lambda::Function ${logicalId}: runtime ${textAt(properties, 'Runtime') ?? 'none'} or inline code`,
    );
  return [
    ...[...counts].map(([type, count]) => `${type} (${count})`),
    ...functions,
    ...resources.filter(isTable).flatMap(tableLimits),
    ...resources.filter(({ type }) => type === 'AWS::SNS::Subscription').flatMap(subscriptionLimits),
    ...doorLimits(doors),
  ].sort();
}
