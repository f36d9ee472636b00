import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import type { Caller, Callers } from '#infra/local/gateway/callers.ts';
import { listenOnLoopback, readBody, stopServer } from '#infra/local/http/http-server.ts';
import {
  type DoorRequest,
  type DoorResponse,
  jsonResponse,
  toDoorResponse,
  toProxyEvent,
} from '#infra/local/http/payload.ts';
import { type Route, findRoute, readRoute } from '#infra/local/http/routes.ts';
import { functionNameOf } from '#infra/local/lambda/function-name.ts';
import { textAt, textOf } from '#infra/local/json.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import { type LocalPlace, arn } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** A way in over HTTP: an HTTP API, or a function's own URL. */
export interface Door {
  readonly id: string;
  readonly logicalId: string;
  /** The address on AWS, which functions find in their environment, and the local one that replaces it. */
  readonly publicUrl: string;
  readonly localUrl: string;
  request(request: DoorRequest): Promise<DoorResponse>;
  stop(): Promise<void>;
}

interface RouteTarget {
  readonly functionName: string;
  readonly authorization: string;
}

export interface DoorPlan {
  readonly id: string;
  readonly logicalId: string;
  readonly publicUrl: string;
  readonly routes: readonly Route<RouteTarget>[];
  readonly permission: { readonly action: string; readonly resource: string };
}

/** How a route may be protected here; a request on any other is refused. */
const knownAuthorizations = ['NONE', 'AWS_IAM'];

/** The HTTP APIs and function URLs of the template. */
export function planDoors(resources: readonly StackResource[], place: LocalPlace): DoorPlan[] {
  const apis = resources.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  const urls = resources.filter(({ type }) => type === 'AWS::Lambda::Url');
  return [
    ...apis.map(({ name, logicalId }) => ({
      id: name,
      logicalId,
      publicUrl: `https://${name}.execute-api.${place.region}.amazonaws.com`,
      routes: apiRoutes(name, resources),
      permission: { action: 'execute-api:Invoke', resource: `${arn('execute-api', place)}:${name}/$default` },
    })),
    ...urls.map(({ name, logicalId, properties }) => {
      const target = {
        functionName: functionNameOf(textAt(properties, 'TargetFunctionArn') ?? ''),
        authorization: textAt(properties, 'AuthType') ?? 'NONE',
      };
      return {
        id: name,
        logicalId,
        publicUrl: `https://${name}.lambda-url.${place.region}.on.aws`,
        routes: [readRoute('$default', target)],
        permission: {
          action: 'lambda:InvokeFunctionUrl',
          resource: `${arn('lambda', place)}:function:${target.functionName}`,
        },
      };
    }),
  ];
}

/** Routes whose authorizer cannot run here, for the list that is printed at start. */
export function doorLimits(plans: readonly DoorPlan[]): string[] {
  return plans.flatMap(({ logicalId, routes }) =>
    routes
      .filter(({ target }) => !knownAuthorizations.includes(target.authorization))
      .map(
        ({ routeKey, target }) =>
          `${logicalId} ${routeKey}: authorizer ${target.authorization} (requests are refused)`,
      ),
  );
}

export async function openDoor(
  plan: DoorPlan,
  options: {
    readonly functions: ReadonlyMap<string, LocalFunction>;
    readonly callers: Callers;
    readonly clock: VirtualClock;
    readonly account: string;
    readonly port: number | undefined;
  },
): Promise<Door> {
  const { clock } = options;
  const answer = (request: DoorRequest): Promise<DoorResponse> => clock.track(route(plan, request, options));
  const server = createServer((incoming, outgoing) => {
    const respond = async (): Promise<void> => {
      const { method = 'GET', url = '/', headers, socket } = incoming;
      const sourceIp = socket.remoteAddress ?? '127.0.0.1';
      const response = await answer({ method, url, headers, sourceIp, body: await readBody(incoming) });
      const length = Buffer.byteLength(response.body);
      outgoing.writeHead(response.status, { ...response.headers, 'content-length': length });
      outgoing.end(response.body);
    };
    clock.run(async () => {
      try {
        await respond();
      } catch (error) {
        // The client must not wait for ever; the error itself goes to the clock's `onError`.
        outgoing.destroy();
        throw error;
      }
    });
  });
  const port = await listenOnLoopback(server, options.port);
  const { id, logicalId, publicUrl } = plan;
  return {
    id,
    logicalId,
    publicUrl,
    localUrl: `http://127.0.0.1:${port}`,
    request: answer,
    stop: () => stopServer(server),
  };
}

async function route(
  plan: DoorPlan,
  request: DoorRequest,
  options: {
    readonly functions: ReadonlyMap<string, LocalFunction>;
    readonly callers: Callers;
    readonly clock: VirtualClock;
    readonly account: string;
  },
): Promise<DoorResponse> {
  const pathname = wellFormedPath(request.url);
  if (pathname === undefined) return jsonResponse(400, { message: 'Bad Request' });
  const found = findRoute(plan.routes, request.method, pathname);
  const target = found === undefined ? undefined : options.functions.get(found.route.target.functionName);
  if (found === undefined || target === undefined) return jsonResponse(404, { message: 'Not Found' });
  const caller = options.callers.find(request.headers.authorization)?.caller;
  const resource = plan.permission.resource.endsWith('$default')
    ? `${plan.permission.resource}/${request.method}${pathname}`
    : plan.permission.resource;
  if (!mayEnter(found.route.target.authorization, caller, { action: plan.permission.action, resource }))
    return jsonResponse(403, { message: 'Forbidden' });
  const event = toProxyEvent(request, {
    routeKey: found.route.routeKey,
    pathParameters: found.pathParameters,
    apiId: plan.id,
    account: options.account,
    requestId: randomUUID(),
    nowMs: options.clock.now(),
    signedBy: signerFor(found.route.target.authorization, caller),
  });
  return toDoorResponse(await target.invoke(JSON.stringify(event)));
}

/** The path of a request's URL, still encoded; undefined where it or its encoding is broken. */
function wellFormedPath(url: string): string | undefined {
  try {
    const { pathname } = new URL(url, 'http://local');
    decodeURIComponent(pathname);
    return pathname;
  } catch {
    return undefined;
  }
}

function mayEnter(
  authorization: string,
  caller: Caller | undefined,
  permission: DoorPlan['permission'],
): boolean {
  if (authorization === 'NONE') return true;
  return authorization === 'AWS_IAM' && caller !== undefined && caller.refusal([permission]) === undefined;
}

/** Whom a function is told of: only a route that asks for a signature names the one who signed. */
function signerFor(authorization: string, caller: Caller | undefined): string | undefined {
  return authorization === 'AWS_IAM' ? caller?.arn : undefined;
}

function apiRoutes(apiId: string, resources: readonly StackResource[]): Route<RouteTarget>[] {
  return resources
    .filter(({ type, properties }) => type === 'AWS::ApiGatewayV2::Route' && properties['ApiId'] === apiId)
    .map(({ logicalId, properties }) => {
      const integrationName = (textAt(properties, 'Target') ?? '').replace(/^integrations\//, '');
      const integration = resources.find(
        ({ type, name }) => type === 'AWS::ApiGatewayV2::Integration' && name === integrationName,
      );
      if (integration === undefined)
        throw new Error(`Route ${logicalId} leads to no integration of the template.`);
      if (textOf(integration.properties['PayloadFormatVersion']) === '1.0')
        throw new Error(`${integration.logicalId}: the local run speaks payload format 2.0 only.`);
      return readRoute(textAt(properties, 'RouteKey') ?? '$default', {
        functionName: functionNameOf(textAt(integration.properties, 'IntegrationUri') ?? ''),
        authorization: textAt(properties, 'AuthorizationType') ?? 'NONE',
      });
    });
}
