import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import { type JsonObject, isJsonObject, listAt, parseJson, textAt } from '#infra/local/json.ts';
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
export interface RoutedTo {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly account: string;
  readonly stageVariables?: JsonObject;
  readonly requestId: string;
  readonly nowMs: number;
}

/** Bodies of these types reach the function as text, all others (forms too) in base64. */
const textContent = /^(text\/|application\/(json|javascript|xml|vnd\.api\+json)\b)/i;

/** The event of payload format 2.0. (API Gateway Developer Guide, "Working with Lambda proxy integrations for HTTP APIs".) */
export function toProxyEvent(request: DoorRequest, routed: RoutedTo): JsonObject {
  const url = new URL(request.url, 'http://local');
  const headers = joinHeaders(request.headers);
  const cookies = request.headers.cookie?.split(/;\s*/);
  const query = joinQuery(url.searchParams);
  const isText = textContent.test(request.headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: routed.routeKey,
    rawPath: decodeURI(url.pathname),
    rawQueryString: url.search.slice(1),
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(url.search === '' ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: routed.account,
      apiId: routed.apiId,
      domainName: request.headers.host ?? 'local',
      domainPrefix: routed.apiId,
      http: {
        method: request.method,
        path: decodeURI(url.pathname),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: routed.requestId,
      routeKey: routed.routeKey,
      stage: '$default',
      time: clfTime(routed.nowMs),
      timeEpoch: routed.nowMs,
    },
    ...(Object.keys(routed.pathParameters).length > 0 ? { pathParameters: routed.pathParameters } : {}),
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** A function's answer as HTTP. A failure is a bare 500; an answer without a status is the body of a 200. */
export function toDoorResponse(result: InvocationResult): DoorResponse {
  if (result.failure !== undefined) return jsonResponse(500, { message: 'Internal Server Error' });
  const answer = parseJson(result.payload ?? 'null');
  if (!isJsonObject(answer) || answer['statusCode'] === undefined)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: result.payload ?? '' };
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(isJsonObject(answer['headers']) ? answer['headers'] : {}))
    headers[name.toLowerCase()] = String(value);
  const cookies = listAt(answer, 'cookies').map(String);
  const body = textAt(answer, 'body') ?? '';
  return {
    status: Number(answer['statusCode']),
    headers: {
      'content-type': 'text/plain;charset=utf-8',
      ...headers,
      ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    },
    body: answer['isBase64Encoded'] === true ? Buffer.from(body, 'base64') : body,
  };
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
