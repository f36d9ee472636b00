import { createHash } from 'node:crypto';

/** Where the local run pretends to be. Account and region appear in every ARN. */
export interface LocalPlace {
  readonly region: string;
  readonly account: string;
}

/** A resource of the template after its own name is known and before its other properties are evaluated. */
export interface NamedResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
}

interface ResourceNaming {
  /** The property in which a template may give the name. */
  readonly nameProperty?: string;
  readonly nameCharactersMax?: number;
  readonly ref?: (resource: NamedResource, place: LocalPlace) => string;
  readonly attributes?: Readonly<Record<string, (resource: NamedResource, place: LocalPlace) => string>>;
}

/** A stand-in for the random ending which AWS gives to a secret's ARN. */
const secretSuffix = 'LocaL1';

const lambdaArn = ({ name }: NamedResource, place: LocalPlace): string =>
  `${arn('lambda', place)}:function:${name}`;
const tableArn = ({ name }: NamedResource, place: LocalPlace): string =>
  `${arn('dynamodb', place)}:table/${name}`;
const table: ResourceNaming = {
  nameProperty: 'TableName',
  attributes: { Arn: tableArn, StreamArn: (one, place) => `${tableArn(one, place)}/stream/local` },
};
const secretArn = ({ name }: NamedResource, place: LocalPlace): string =>
  `${arn('secretsmanager', place)}:secret:${name}-${secretSuffix}`;
const topicArn = ({ name }: NamedResource, place: LocalPlace): string => `${arn('sns', place)}:${name}`;
const apiHost = ({ name }: NamedResource, { region }: LocalPlace): string =>
  `${name}.execute-api.${region}.amazonaws.com`;

const alarm: ResourceNaming = {
  nameProperty: 'AlarmName',
  nameCharactersMax: 255,
  attributes: { Arn: ({ name }, place) => `${arn('cloudwatch', place)}:alarm:${name}` },
};

/** AppConfig gives its resources ids of seven characters, which `Ref` returns. */
function appConfigResource(idAttribute: string): ResourceNaming {
  const id = ({ stackName, logicalId }: NamedResource): string =>
    createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 7);
  return { nameProperty: 'Name', ref: id, attributes: { [idAttribute]: id } };
}

/** What `Ref` and `Fn::GetAtt` give, by resource type, for the types that code or other resources refer to. */
const namings: Readonly<Record<string, ResourceNaming>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    nameCharactersMax: 80,
    ref: ({ name }, { region, account }) => `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    attributes: {
      Arn: ({ name }, place) => `${arn('sqs', place)}:${name}`,
      QueueName: ({ name }) => name,
      QueueUrl: ({ name }, { region, account }) => `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    },
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    nameCharactersMax: 64,
    attributes: { Arn: lambdaArn },
  },
  'AWS::Lambda::Url': {
    attributes: {
      FunctionUrl: ({ name }, { region }) => `https://${name}.lambda-url.${region}.on.aws/`,
    },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    nameCharactersMax: 64,
    attributes: { Arn: ({ name }, { account }) => `arn:aws:iam::${account}:role/${name}` },
  },
  'AWS::IAM::ManagedPolicy': { ref: ({ name }, { account }) => `arn:aws:iam::${account}:policy/${name}` },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: ({ name }) => name },
  },
  'AWS::SecretsManager::Secret': { nameProperty: 'Name', ref: secretArn, attributes: { Id: secretArn } },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    nameCharactersMax: 63,
    attributes: {
      Arn: ({ name }) => `arn:aws:s3:::${name}`,
      DomainName: ({ name }) => `${name}.s3.amazonaws.com`,
      RegionalDomainName: ({ name }, { region }) => `${name}.s3.${region}.amazonaws.com`,
    },
  },
  'AWS::ApiGatewayV2::Api': {
    nameCharactersMax: 10,
    attributes: { ApiId: ({ name }) => name, ApiEndpoint: (one, place) => `https://${apiHost(one, place)}` },
  },
  'AWS::AppConfig::Application': appConfigResource('ApplicationId'),
  'AWS::AppConfig::Environment': appConfigResource('EnvironmentId'),
  'AWS::AppConfig::ConfigurationProfile': appConfigResource('ConfigurationProfileId'),
  'AWS::AppConfig::DeploymentStrategy': appConfigResource('Id'),
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  'AWS::Events::Rule': { attributes: { Arn: ({ name }, place) => `${arn('events', place)}:rule/${name}` } },
};

/** The name AWS would give: the template's own, else made of stack and logical id (without AWS's random ending). */
export function resourceName(resource: Omit<NamedResource, 'name'>, ownName: string | undefined): string {
  const { nameCharactersMax = 128 } = namings[resource.type] ?? {};
  const full = ownName ?? `${resource.stackName}-${resource.logicalId}`;
  const name =
    resource.type === 'AWS::S3::Bucket' || resource.type.startsWith('AWS::ApiGateway')
      ? full.toLowerCase()
      : full;
  if (name.length <= nameCharactersMax) return name;
  const digest = createHash('sha256').update(full).digest('hex');
  return nameCharactersMax < 16
    ? digest.slice(0, nameCharactersMax)
    : `${name.slice(0, nameCharactersMax - 9)}-${digest.slice(0, 8)}`;
}

export function nameProperty(type: string): string | undefined {
  return namings[type]?.nameProperty;
}

export function resourceRef(resource: NamedResource, place: LocalPlace): string {
  return namings[resource.type]?.ref?.(resource, place) ?? resource.name;
}

/**
 * An attribute of a resource. A type that takes no part in the local run gets a plain placeholder, so that a policy
 * may name it; an unknown attribute of a type that does take part is an error.
 */
export function resourceAttribute(resource: NamedResource, attribute: string, place: LocalPlace): string {
  const naming = namings[resource.type];
  if (naming === undefined)
    return `arn:aws:not-run-locally:${place.region}:${place.account}:${resource.logicalId}/${attribute}`;
  const read = naming.attributes?.[attribute];
  if (read === undefined)
    throw new Error(
      `${resource.logicalId} (${resource.type}) has no attribute ${attribute} in the local run.`,
    );
  return read(resource, place);
}

export function arn(service: string, { region, account }: LocalPlace): string {
  return `arn:aws:${service}:${region}:${account}`;
}
