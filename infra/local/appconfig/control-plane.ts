import { AppConfigError, type LocalAppConfig } from '#infra/local/appconfig/app-config.ts';
import { deploymentJson, namedJson, versionHeaders, versionJson } from '#infra/local/appconfig/answers.ts';
import type { GatewayAnswer } from '#infra/local/gateway/answers.ts';
import type { ServiceHandler, ServiceRequest } from '#infra/local/gateway/gateway.ts';
import type { Authorize } from '#infra/local/gateway/service-handlers.ts';
import { parseJsonObject, textAt } from '#infra/local/json.ts';
import { type LocalPlace, arn } from '#infra/local/template/resource-names.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** Most bytes of a hosted configuration. (API reference, PayloadTooLargeException.) */
const contentBytesMax = 1_048_576;

interface ControlPlaneParts {
  readonly appConfig: LocalAppConfig;
  readonly clock: VirtualClock;
  readonly place: LocalPlace;
  readonly authorize: Authorize;
}

/** One request with the parts of its path. */
interface Call {
  readonly request: ServiceRequest;
  readonly url: URL;
  /** The number at the path's end, of a version or deployment. */
  readonly number: number;
  readonly parts: ControlPlaneParts;
}

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (call: Call) => GatewayAnswer | Promise<GatewayAnswer>;
}

const application = '/applications/[^/]+';
const hosted = `${application}/configurationprofiles/[^/]+/hostedconfigurationversions`;
const deployed = `${application}/environments/[^/]+/deployments`;

/** The operations of AppConfig's API that our own commands use. (AppConfig API Reference.) */
const operations: readonly Operation[] = [
  list('ListApplications', '/applications', ({ template }) => [template.application]),
  list('ListEnvironments', `${application}/environments`, ({ template }) => [template.environment]),
  list('ListConfigurationProfiles', `${application}/configurationprofiles`, ({ template }) => [
    template.profile,
  ]),
  list('ListDeploymentStrategies', '/deploymentstrategies', ({ template }) => template.strategies),
  operation('CreateHostedConfigurationVersion', 'POST', hosted, createVersion),
  operation('ListHostedConfigurationVersions', 'GET', hosted, listVersions),
  operation('GetHostedConfigurationVersion', 'GET', `${hosted}/(\\d+)`, getVersion),
  operation('DeleteHostedConfigurationVersion', 'DELETE', `${hosted}/(\\d+)`, deleteVersion),
  operation(
    'ValidateConfiguration',
    'POST',
    `${application}/configurationprofiles/[^/]+/validators`,
    validate,
  ),
  operation('StartDeployment', 'POST', deployed, startDeployment),
  operation('ListDeployments', 'GET', deployed, listDeployments),
  operation('GetDeployment', 'GET', `${deployed}/(\\d+)`, getDeployment),
  operation('StopDeployment', 'DELETE', `${deployed}/(\\d+)`, stopDeployment),
];

/** AppConfig's API as far as our commands use it. */
export function appConfigService(parts: ControlPlaneParts): ServiceHandler {
  return async (request) => {
    const url = new URL(request.url, 'http://local');
    const path = decodeURIComponent(url.pathname);
    const found = operations.find((one) => one.method === request.method && one.path.test(path));
    if (found === undefined)
      return {
        operation: 'Unknown',
        ...refusal(
          new AppConfigError(
            501,
            'NotImplementedException',
            `The local run has no ${request.method} ${path}`,
          ),
        ),
      };
    const { name } = found;
    const resource = `${arn('appconfig', parts.place)}:${path.slice(1)}`;
    const permissions = [{ action: `appconfig:${name}`, resource }];
    const refused = parts.authorize('restJson', request.caller, permissions);
    if (refused !== undefined) return { operation: name, ...refused };
    const number = Number(found.path.exec(path)?.[1] ?? 0);
    try {
      return { operation: name, ...(await found.answer({ request, url, number, parts })) };
    } catch (error) {
      if (!(error instanceof AppConfigError)) throw error;
      return { operation: name, ...refusal(error) };
    }
  };
}

function operation(name: string, method: string, path: string, answer: Operation['answer']): Operation {
  return { name, method, path: new RegExp(`^${path}$`), answer };
}

function list(
  name: string,
  path: string,
  items: (appConfig: LocalAppConfig) => readonly { readonly id: string; readonly name: string }[],
): Operation {
  return operation(name, 'GET', path, ({ parts }) =>
    json(200, { Items: items(parts.appConfig).map(namedJson) }),
  );
}

function createVersion({ request, parts }: Call): GatewayAnswer {
  const { headers, body } = request;
  if (body.length > contentBytesMax)
    throw new AppConfigError(413, 'PayloadTooLargeException', `The content has ${String(body.length)} bytes`);
  const label = textHeader(headers['versionlabel']);
  const { versions } = parts.appConfig;
  if (label !== '' && versions.list().some((version) => version.label === label))
    throw new AppConfigError(409, 'ConflictException', `The label ${label} is used already`);
  const version = versions.add({
    content: body.toString(),
    contentType: headers['content-type'] ?? 'application/octet-stream',
    description: textHeader(headers['description']),
    label,
  });
  return { status: 201, headers: versionHeaders(version, parts.appConfig.template), body: version.content };
}

function listVersions({ url, parts }: Call): GatewayAnswer {
  const label = url.searchParams.get('version_label');
  const versions = parts.appConfig.versions
    .list()
    .filter((version) => label === null || version.label === label);
  return json(200, { Items: versions.map((version) => versionJson(version, parts.appConfig.template)) });
}

function getVersion({ number, parts }: Call): GatewayAnswer {
  const version = parts.appConfig.versions.read(number);
  if (version === undefined)
    throw new AppConfigError(404, 'ResourceNotFoundException', `Version ${String(number)} does not exist`);
  return { status: 200, headers: versionHeaders(version, parts.appConfig.template), body: version.content };
}

function deleteVersion({ number, parts }: Call): GatewayAnswer {
  parts.appConfig.versions.remove(number);
  return { status: 204, headers: {}, body: '' };
}

async function validate({ url, parts }: Call): Promise<GatewayAnswer> {
  await parts.appConfig.validate(Number(url.searchParams.get('configuration_version')));
  return { status: 204, headers: {}, body: '' };
}

async function startDeployment({ request, parts }: Call): Promise<GatewayAnswer> {
  const body = parseJsonObject(request.body.toString());
  const deployment = await parts.appConfig.startDeployment({
    version: Number(textAt(body, 'ConfigurationVersion')),
    strategyId: textAt(body, 'DeploymentStrategyId') ?? '',
    description: textAt(body, 'Description') ?? '',
  });
  return json(201, deploymentJson(deployment, parts));
}

function listDeployments({ parts }: Call): GatewayAnswer {
  const newestFirst = parts.appConfig.deployments.toReversed();
  return json(200, { Items: newestFirst.map((deployment) => deploymentJson(deployment, parts)) });
}

function getDeployment({ number, parts }: Call): GatewayAnswer {
  return json(200, deploymentJson(parts.appConfig.deployment(number), parts));
}

function stopDeployment({ request, number, parts }: Call): GatewayAnswer {
  const allowRevert = request.headers['allow-revert'] === 'true';
  return json(202, deploymentJson(parts.appConfig.stopDeployment(number, allowRevert), parts));
}

function textHeader(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}

function refusal({ status, code, message }: AppConfigError): GatewayAnswer {
  const answer = json(status, { Message: message });
  return { ...answer, headers: { ...answer.headers, 'x-amzn-errortype': code } };
}

function json(status: number, body: object): GatewayAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
