import { createServer } from 'node:http';

import type { LocalAppConfig } from '#infra/local/appconfig/app-config.ts';
import type { Caller, Callers } from '#infra/local/gateway/callers.ts';
import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import { listenOnLoopback, stopServer } from '#infra/local/http/http-server.ts';
import { listAt, objectAt, textOf } from '#infra/local/json.ts';
import { accessKeyOf } from '#infra/local/lambda/function-environment.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import { type LocalPlace, arn } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** How often the extension looks for another configuration when the function does not say, in seconds. */
const pollSecondsDefault = 45;
const extensionLayer = /:layer:AWS-AppConfig-Extension/;

export interface Extensions {
  /** Port of the extension beside each function, by the function's name. */
  readonly ports: ReadonlyMap<string, number>;
  /** Requests of functions, and how many of them asked AppConfig further. */
  readonly requestCounts: ReadonlyMap<string, number>;
  /** Lets them answer; until then every request gets status 503. */
  serve(appConfig: LocalAppConfig | undefined): void;
  stop(): Promise<void>;
}

export interface ExtensionParts {
  readonly callers: Callers;
  readonly clock: VirtualClock;
  readonly place: LocalPlace;
  readonly onEvent: OnRunEvent;
}

/** Whether a function has the AppConfig extension beside it. */
export function hasExtension({ properties }: StackResource): boolean {
  return listAt(properties, 'Layers').some((layer) => extensionLayer.test(textOf(layer)));
}

/**
 * What the AppConfig extension is to a function: an HTTP endpoint on its own machine that answers from memory, and asks
 * AppConfig with the function's role at most once in a poll interval. (AppConfig User Guide, "AWS AppConfig Agent Lambda
 * extension".) One for each function, on a port of its own, because the request itself does not tell who asks.
 */
export async function openExtensions(
  functions: readonly StackResource[],
  parts: ExtensionParts,
): Promise<Extensions> {
  const requestCounts = new Map<string, number>();
  const served: { appConfig?: LocalAppConfig | undefined } = {};
  const ports = new Map<string, number>();
  const servers = await Promise.all(
    functions.filter(hasExtension).map(async (resource) => {
      const extension = new Extension(resource, served, { ...parts, requestCounts });
      const server = createServer((request, response) => {
        void parts.clock.track(
          Promise.resolve().then(() => {
            const { status, headers, body } = extension.answer(request.url ?? '');
            response.sendDate = false;
            response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
            response.end(body);
          }),
        );
      });
      ports.set(resource.name, await listenOnLoopback(server));
      return server;
    }),
  );
  return {
    ports,
    requestCounts,
    serve: (appConfig) => {
      served.appConfig = appConfig;
    },
    stop: async () => {
      await Promise.all(servers.map(stopServer));
    },
  };
}

interface ExtensionAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

class Extension {
  readonly #name: string;
  readonly #pollMs: number;
  readonly #served: { readonly appConfig?: LocalAppConfig | undefined };
  readonly #parts: ExtensionParts & { readonly requestCounts: Map<string, number> };
  #kept: { readonly answer: ExtensionAnswer; readonly untilMs: number } | undefined;

  constructor(
    { name, properties }: StackResource,
    served: { readonly appConfig?: LocalAppConfig | undefined },
    parts: ExtensionParts & { readonly requestCounts: Map<string, number> },
  ) {
    const variables = objectAt(properties['Environment'], 'Variables');
    const seconds = variables['AWS_APPCONFIG_EXTENSION_POLL_INTERVAL_SECONDS'] ?? pollSecondsDefault;
    this.#name = name;
    this.#pollMs = Number(seconds) * 1_000;
    this.#served = served;
    this.#parts = parts;
  }

  answer(url: string): ExtensionAnswer {
    this.#count('appconfig-extension:Get');
    const { appConfig } = this.#served;
    if (appConfig === undefined) return plain(503, 'The local run has no AppConfig');
    const wrong = wrongPath(url, appConfig);
    if (wrong !== undefined) return plain(400, `BadRequestException: ${wrong}`);
    const nowMs = this.#parts.clock.now();
    if (this.#kept === undefined || nowMs >= this.#kept.untilMs)
      this.#kept = { answer: this.#askAppConfig(appConfig), untilMs: nowMs + this.#pollMs };
    return this.#kept.answer;
  }

  #askAppConfig(appConfig: LocalAppConfig): ExtensionAnswer {
    this.#count('appconfigdata:GetLatestConfiguration');
    const { onEvent, place, callers } = this.#parts;
    const caller = callerOf(this.#name, callers, place);
    const { application, environment, profile } = appConfig.template;
    const resource = `${arn('appconfig', place)}:application/${application.id}/environment/${environment.id}/configuration/${profile.id}`;
    const actions = ['appconfig:StartConfigurationSession', 'appconfig:GetLatestConfiguration'];
    const refusal = caller?.refusal(actions.map((action) => ({ action, resource })));
    if (refusal !== undefined) {
      onEvent({ kind: 'refused', caller: this.#name, action: refusal.action, resource: refusal.resource });
      return plain(403, `AccessDeniedException: ${refusal.action} on ${refusal.resource}`);
    }
    const version = appConfig.deployedFor(this.#name);
    if (version === undefined) return plain(404, 'ResourceNotFoundException: there is no deployment');
    return {
      status: 200,
      headers: { 'content-type': version.contentType, 'configuration-version': String(version.number) },
      body: version.content,
    };
  }

  #count(operation: string): void {
    const { requestCounts } = this.#parts;
    requestCounts.set(operation, (requestCounts.get(operation) ?? 0) + 1);
  }
}

function callerOf(functionName: string, callers: Callers, { region }: LocalPlace): Caller | undefined {
  return callers.find(localAuthorization(region, 'appconfig', accessKeyOf(functionName)))?.caller;
}

/** What is wrong with a path, if anything: each part may be a name or an id. */
function wrongPath(url: string, { template }: LocalAppConfig): string | undefined {
  const found = /^\/applications\/([^/]+)\/environments\/([^/]+)\/configurations\/([^/?]+)$/.exec(url);
  if (found === null) return `${url} is no path of a configuration`;
  const [, ...asked] = found.map(decodeURIComponent);
  const meant = [template.application, template.environment, template.profile];
  const other = meant.find(({ id, name }, index) => asked[index] !== id && asked[index] !== name);
  return other === undefined ? undefined : `${url} does not name ${other.name} (${other.id})`;
}

function plain(status: number, body: string): ExtensionAnswer {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
