import { doorLimits, type DoorPlan } from '#infra/local/http/doors.ts';
import { tableLimits } from '#infra/local/dynamodb/tables.ts';
import { readEventSourceMapping } from '#infra/local/events/event-source.ts';
import { subscriptionLimits } from '#infra/local/events/topics.ts';
import { hasExtension } from '#infra/local/appconfig/extension.ts';
import { listAt, textAt } from '#infra/local/json.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** Resource types that take part in the local run, or hold what other types read (roles, permissions, stages). */
const runTypes: ReadonlySet<string> = new Set([
  'AWS::AppConfig::Application',
  'AWS::AppConfig::ConfigurationProfile',
  'AWS::AppConfig::DeploymentStrategy',
  'AWS::AppConfig::Environment',
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
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::S3::Bucket',
  'AWS::SES::ReceiptRule',
  'AWS::SES::ReceiptRuleSet',
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
  const running = new Set(resources.filter(isRunnableFunction).map(({ name }) => name));
  const limits = (resource: StackResource): string[] =>
    limitsByType[resource.type]?.(resource, running) ?? [];
  return [
    ...[...counts].map(([type, count]) => `${type} (${count})`),
    ...resources.flatMap(limits),
    ...doorLimits(doors),
  ].sort();
}

type Limits = (resource: StackResource, runningFunctions: ReadonlySet<string>) => string[];

/** What is left out of resources that do run. */
const limitsByType: Readonly<Record<string, Limits>> = {
  'AWS::DynamoDB::Table': tableLimits,
  'AWS::DynamoDB::GlobalTable': tableLimits,
  'AWS::SNS::Subscription': subscriptionLimits,
  'AWS::Lambda::Function': (resource) => {
    const runtime = textAt(resource.properties, 'Runtime') ?? 'none';
    if (!isRunnableFunction(resource)) return leftOut(resource, `runtime ${runtime} or inline code`);
    const layers = listAt(resource.properties, 'Layers').length;
    return layers > (hasExtension(resource) ? 1 : 0) ? leftOut(resource, 'Layers') : [];
  },
  'AWS::Lambda::EventSourceMapping': (resource, runningFunctions) => {
    const { functionName } = readEventSourceMapping(resource);
    return runningFunctions.has(functionName)
      ? []
      : leftOut(resource, `its function ${functionName} does not run here`);
  },
  'AWS::ApiGatewayV2::Api': (resource) =>
    'CorsConfiguration' in resource.properties ? leftOut(resource, 'CorsConfiguration') : [],
};

function leftOut({ type, logicalId }: StackResource, what: string): string[] {
  return [`${type} ${logicalId}: ${what}`];
}
