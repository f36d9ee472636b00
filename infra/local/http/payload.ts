import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import {
  type JsonObject,
  isJsonObject,
  listAt,
  objectAt,
  parseJson,
  textAt,
  textOf,
} from '#infra/local/json.ts';
import type { InvocationResult } from '#infra/local/lambda/invocation.ts';

/** A request as it comes in at the door. */
export interface DoorRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface DoorResponse {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

/** Where the request was routed to. */
interface RoutedTo {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly account: string;
  readonly requestId: string;
  readonly nowMs: number;
  /** ARN of the AWS principal that signed the request, on a route that asks for one. */
  readonly signedBy?: string | undefined;
}

/** Bodies of these types reach the function as text, all others (forms too) in base64. */
const textContent = /^(text\/|application\/(json|javascript|xml|vnd\.api\+json)\b)/i;

/** The event of payload format 2.0. (API Gateway Developer Guide, "Working with Lambda proxy integrations for HTTP APIs".) */
export function toProxyEvent(request: DoorRequest, routed: RoutedTo): JsonObject {
  const url = new URL(request.url, 'http://local');
  return {
    version: '2.0',
    routeKey: routed.routeKey,
    rawPath: decodeURI(url.pathname),
    rawQueryString: url.search.slice(1),
    cookies: request.headers.cookie?.split(/;\s*/),
    headers: joinHeaders(request.headers),
    queryStringParameters: url.search === '' ? undefined : joinQuery(url.searchParams),
    requestContext: requestContext(request, routed, decodeURI(url.pathname)),
    pathParameters: Object.keys(routed.pathParameters).length > 0 ? routed.pathParameters : undefined,
    ...proxyBody(request),
  };
}

function requestContext(
  { method, headers, sourceIp }: DoorRequest,
  routed: RoutedTo,
  path: string,
): JsonObject {
  const { apiId, account, requestId, routeKey, nowMs, signedBy } = routed;
  return {
    accountId: account,
    apiId,
    ...(signedBy !== undefined && { authorizer: { iam: { accountId: account, userArn: signedBy } } }),
    domainName: headers.host ?? 'local',
    domainPrefix: apiId,
    http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
    requestId,
    routeKey,
    stage: '$default',
    time: clfTime(nowMs),
    timeEpoch: nowMs,
  };
}

function proxyBody({ headers, body }: DoorRequest): JsonObject {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = textContent.test(headers['content-type'] ?? '');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** A function's answer as HTTP. A failure is a bare 500; an answer without a status is the body of a 200. */
export function toDoorResponse(result: InvocationResult): DoorResponse {
  if (result.failure !== undefined) return jsonResponse(500, { message: 'Internal Server Error' });
  const answer = parseJson(result.payload ?? 'null');
  if (!isJsonObject(answer) || answer['statusCode'] === undefined)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: result.payload ?? '' };
  const body = textAt(answer, 'body') ?? '';
  return {
    status: Number(answer['statusCode']),
    headers: { 'content-type': 'text/plain;charset=utf-8', ...answeredHeaders(answer) },
    body: answer['isBase64Encoded'] === true ? Buffer.from(body, 'base64') : body,
  };
}

function answeredHeaders(answer: JsonObject): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(objectAt(answer, 'headers')))
    headers[name.toLowerCase()] = textOf(value);
  const cookies = listAt(answer, 'cookies').map(textOf);
  return cookies.length > 0 ? { ...headers, 'set-cookie': cookies } : headers;
}

export function jsonResponse(status: number, body: object): DoorResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function joinHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && name !== 'cookie')
      joined[name] = Array.isArray(value) ? value.join(',') : value;
  return joined;
}

function joinQuery(parameters: URLSearchParams): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name of parameters.keys()) joined[name] = parameters.getAll(name).join(',');
  return joined;
}

/** `12/Mar/2026:19:03:58 +0000` */
function clfTime(nowMs: number): string {
  const [, day = '', month = '', year = '', time = ''] = new Date(nowMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
