import { exchange } from '#infra/local/http/http-client.ts';
import { type JsonObject, parseJsonObject, textOf } from '#infra/local/json.ts';

/** The signature headers that the local parts want to see; none of them checks it. */
export function localAuthorization(region: string, service: string, accessKeyId = 'local'): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=local`;
}

export type AwsJsonCall = (operation: string, body: JsonObject) => Promise<JsonObject>;

/** Calls one service's JSON protocol. An error answer is thrown with the operation, the error's type and its message. */
export function awsJsonCaller(options: {
  readonly endpoint: string;
  readonly region: string;
  readonly service: string;
  readonly targetPrefix: string;
}): AwsJsonCall {
  const authorization = localAuthorization(options.region, options.service);
  return async (operation, body) => {
    const response = await exchange({
      method: 'POST',
      url: options.endpoint,
      headers: {
        authorization,
        'x-amz-date': '20260101T000000Z',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${options.targetPrefix}.${operation}`,
      },
      body: JSON.stringify(body),
    });
    const answer = parseJsonObject(response.body.toString());
    if (response.status !== 200) {
      const type = textOf(answer['__type'] ?? response.status);
      throw new AwsCallError(
        operation,
        type.slice(type.indexOf('#') + 1),
        textOf(answer['message'] ?? answer['Message']),
      );
    }
    return answer;
  };
}

/** A local part refused a call of the engine itself. `code` is the service's own error name. */
export class AwsCallError extends Error {
  readonly code: string;
  constructor(operation: string, code: string, message: string) {
    super(`${operation}: ${code}: ${message}`);
    this.name = 'AwsCallError';
    this.code = code;
  }
}
