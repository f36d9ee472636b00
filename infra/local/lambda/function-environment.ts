import { objectAt, textOf } from '#infra/local/json.ts';
import { type LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** Text that stands in the template's environment values and is replaced by an address of the local run. */
export interface UrlOverride {
  readonly from: string;
  readonly to: string;
}

/** One replacement that was made, for the list that is printed at start. */
export interface AppliedOverride extends UrlOverride {
  readonly functionName: string;
  readonly variable: string;
}

/** The services whose calls go to the local gateway, by the ending of their standard endpoint variable. */
const gatewayServices = [
  'DYNAMODB',
  'DYNAMODB_STREAMS',
  'SQS',
  'SES',
  'SNS',
  'S3',
  'SECRETS_MANAGER',
  'APPCONFIG',
  'CLOUDWATCH',
];

/**
 * The environment of a function: what the template gives (with outside addresses replaced), what the Lambda runtime
 * sets, and the standard variables that send AWS calls to the gateway. Nothing of this process's own environment.
 */
export function functionEnvironment(
  resource: StackResource,
  options: {
    readonly place: LocalPlace;
    readonly gatewayUrl: string;
    readonly overrides: readonly UrlOverride[];
    /** Where the AppConfig extension of each function listens, by the function's name. */
    readonly extensionPorts: ReadonlyMap<string, number>;
    readonly onOverride: (applied: AppliedOverride) => void;
  },
): Record<string, string> {
  const { place, gatewayUrl, overrides, onOverride } = options;
  const environment: Record<string, string> = {};
  const variables = objectAt(resource.properties['Environment'], 'Variables');
  for (const [variable, value] of Object.entries(variables)) {
    environment[variable] = overrides.reduce((text, override) => {
      if (!text.includes(override.from)) return text;
      onOverride({ ...override, functionName: resource.name, variable });
      return text.replaceAll(override.from, override.to);
    }, textOf(value));
  }
  const port = options.extensionPorts.get(resource.name);
  return {
    ...environment,
    ...runtimeVariables(resource, place),
    ...endpointVariables(gatewayUrl),
    ...(port === undefined ? {} : { AWS_APPCONFIG_EXTENSION_HTTP_PORT: String(port) }),
  };
}

/** The standard variables by which an AWS SDK finds the gateway. */
export function endpointVariables(gatewayUrl: string): Record<string, string> {
  return Object.fromEntries(gatewayServices.map((service) => [`AWS_ENDPOINT_URL_${service}`, gatewayUrl]));
}

/** The access key that names a function to the gateway. */
export function accessKeyOf(functionName: string): string {
  return `LOCAL${Buffer.from(functionName).toString('hex').toUpperCase()}`;
}

/** What the Lambda runtime itself sets. (Lambda Developer Guide, "Defined runtime environment variables".) */
function runtimeVariables(
  { name, properties, assetFolder }: StackResource,
  { region }: LocalPlace,
): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyOf(name),
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: textOf(properties['MemorySize'] ?? 128),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: assetFolder ?? '',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: textOf(properties['Handler']),
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
  };
}
