import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A request of the HTTP API, or the part of it that anything here reads. */
export type HttpRequest = Pick<
  APIGatewayProxyEventV2,
  | 'routeKey'
  | 'rawPath'
  | 'rawQueryString'
  | 'headers'
  | 'cookies'
  | 'pathParameters'
  | 'body'
  | 'isBase64Encoded'
>;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** The body as text; empty when there is none. */
export function bodyOf({ body, isBase64Encoded }: HttpRequest): string {
  if (body === undefined) return '';
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** An answer in JSON. */
export function jsonAnswer(statusCode: number, content: object): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}
