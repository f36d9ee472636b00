import type { OutgoingHttpHeader } from 'node:http';

import {
  type GatewayAnswer,
  type Protocol,
  accessDenied,
  errorAnswer,
  jsonAnswer,
  xmlAnswer,
} from '#infra/local/gateway/answers.ts';
import type { Caller } from '#infra/local/gateway/callers.ts';
import type { ServiceHandler, ServiceRequest } from '#infra/local/gateway/gateway.ts';
import { exchange } from '#infra/local/http/http-client.ts';
import type { RequestContext } from '#infra/local/iam/policy.ts';
import {
  type RequiredPermission,
  dynamodbPermissions,
  s3Permission,
  sqsPermission,
  writtenTables,
} from '#infra/local/iam/required-permissions.ts';
import { type JsonObject, parseJsonObject, textAt } from '#infra/local/json.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import { type LocalPlace, arn } from '#infra/local/template/resource-names.ts';

/** Refuses what the caller's role does not allow, in the service's own words; undefined when all is allowed. */
export type Authorize = (
  protocol: Protocol,
  caller: Caller,
  permissions: readonly RequiredPermission[],
  context?: RequestContext,
) => GatewayAnswer | undefined;

export function authorizer(onEvent: OnRunEvent): Authorize {
  return (protocol, caller, permissions, context) => {
    const refusal = caller.refusal(permissions, context);
    if (refusal === undefined) return undefined;
    onEvent({ kind: 'refused', caller: caller.name, action: refusal.action, resource: refusal.resource });
    return accessDenied(protocol, { caller: caller.arn, ...refusal });
  };
}

export function dynamodbService(options: {
  readonly endpoint: string;
  readonly place: LocalPlace;
  readonly authorize: Authorize;
  readonly onWritten: (tableName: string) => void;
}): ServiceHandler {
  return async (request) => {
    const operation = operationOf(request);
    const body = parseJsonObject(request.body.toString());
    const permissions = dynamodbPermissions(operation, body, options.place);
    const refused = options.authorize('dynamodb', request.caller, permissions);
    if (refused !== undefined) return { operation, ...refused };
    const answer = await forward(options.endpoint, request);
    if (answer.status === 200) for (const table of writtenTables(operation, body)) options.onWritten(table);
    return { operation, ...answer };
  };
}

export function sqsService(options: {
  readonly endpoint: string;
  readonly place: LocalPlace;
  readonly authorize: Authorize;
  readonly onCalled: (operation: string, body: JsonObject) => void;
}): ServiceHandler {
  return async (request) => {
    const operation = operationOf(request);
    const body = parseJsonObject(request.body.toString());
    const refused = options.authorize('sqs', request.caller, [sqsPermission(operation, body, options.place)]);
    if (refused !== undefined) return { operation, ...refused };
    const answer = await forward(options.endpoint, request);
    if (answer.status === 200) options.onCalled(operation, body);
    return { operation, ...answer };
  };
}

export interface LocalSecret {
  readonly name: string;
  readonly arn: string;
  readonly value: string;
}

export function secretsService(secrets: readonly LocalSecret[], authorize: Authorize): ServiceHandler {
  return (request) => {
    const operation = operationOf(request);
    const secretId = textAt(parseJsonObject(request.body.toString()), 'SecretId');
    const secret = secrets.find((one) => one.arn === secretId || one.name === secretId);
    const resource = secret?.arn ?? secretId ?? '*';
    const refused = authorize('secretsmanager', request.caller, [
      { action: `secretsmanager:${operation}`, resource },
    ]);
    if (refused !== undefined) return Promise.resolve({ operation, ...refused });
    if (operation !== 'GetSecretValue' || secret === undefined) {
      const message = `Secrets Manager can't find the specified secret: ${operation} ${secretId ?? ''}`;
      return Promise.resolve({
        operation,
        ...errorAnswer('secretsmanager', { status: 400, code: 'ResourceNotFoundException', message }),
      });
    }
    const { name: Name, arn: ARN, value: SecretString } = secret;
    const answer = jsonAnswer('1.1', 200, {
      ARN,
      Name,
      SecretString,
      VersionId: 'local',
      VersionStages: ['AWSCURRENT'],
    });
    return Promise.resolve({ operation, ...answer });
  };
}

/** SES's query protocol: checked here, sent by the local mail part. */
export function sesService(options: {
  readonly endpoint: string | undefined;
  readonly place: LocalPlace;
  readonly authorize: Authorize;
}): ServiceHandler {
  return async (request) => {
    const form = new URLSearchParams(request.body.toString());
    const operation = form.get('Action') ?? '';
    const from = addressOf(form.get('Source') ?? '');
    const action = `ses:${operation}`;
    const identities = [from, ...domainsOf(from)].map(
      (identity) => `${arn('ses', options.place)}:identity/${identity}`,
    );
    const context = { 'ses:FromAddress': from };
    // SES checks the identity that is verified: the address, its domain or a domain above it. The template may grant any.
    const granted = identities.find(
      (resource) => request.caller.refusal([{ action, resource }], context) === undefined,
    );
    const permissions = [{ action, resource: granted ?? identities[0] ?? '*' }];
    const configurationSet = form.get('ConfigurationSetName');
    if (configurationSet !== null)
      permissions.push({
        action,
        resource: `${arn('ses', options.place)}:configuration-set/${configurationSet}`,
      });
    const refused = options.authorize('query', request.caller, permissions, context);
    if (refused !== undefined) return { operation, ...refused };
    if (options.endpoint === undefined)
      return {
        operation,
        ...errorAnswer('query', {
          status: 501,
          code: 'NotImplemented',
          message: 'This run has no local mail part.',
        }),
      };
    return { operation, ...(await forward(options.endpoint, request)) };
  };
}

/** The domain of an address and the domains above it, down to two labels: a verified domain stands for those below. */
function domainsOf(address: string): string[] {
  const labels = address.slice(address.indexOf('@') + 1).split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

export function snsService(options: {
  readonly authorize: Authorize;
  readonly publish: (topicArn: string, message: string, subject?: string) => Promise<string>;
}): ServiceHandler {
  return async (request) => {
    const form = new URLSearchParams(request.body.toString());
    const operation = form.get('Action') ?? '';
    const topicArn = form.get('TopicArn') ?? '';
    const refused = options.authorize('query', request.caller, [
      { action: `sns:${operation}`, resource: topicArn },
    ]);
    if (refused !== undefined) return { operation, ...refused };
    if (operation !== 'Publish')
      return {
        operation,
        ...errorAnswer('query', {
          status: 501,
          code: 'NotImplemented',
          message: `sns:${operation} is not part of the local run.`,
        }),
      };
    const messageId = await options.publish(
      topicArn,
      form.get('Message') ?? '',
      form.get('Subject') ?? undefined,
    );
    const result = `<PublishResponse><PublishResult><MessageId>${messageId}</MessageId></PublishResult></PublishResponse>`;
    return { operation, ...xmlAnswer(200, result) };
  };
}

export interface WrittenObject {
  readonly bucket: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly eTag: string;
}

export function s3Service(options: {
  readonly endpoint: string;
  readonly authorize: Authorize;
  readonly onCreated: (object: WrittenObject) => void;
}): ServiceHandler {
  return async (request) => {
    const { pathname } = new URL(request.url, 'http://local');
    const [bucket = '', ...rest] = pathname.slice(1).split('/');
    const key = decodeURIComponent(rest.join('/'));
    const permission = s3Permission(request.method, bucket, key);
    const operation = permission.action.slice('s3:'.length);
    const refused = options.authorize('s3', request.caller, [permission]);
    if (refused !== undefined) return { operation, ...refused };
    const answer = await forward(options.endpoint, request);
    const created = key !== '' && answer.status === 200 && isObjectCreated(request);
    if (created) {
      const eTag = headerText(answer.headers['etag']).replaceAll('"', '');
      const sizeBytes = Number(request.headers['x-amz-decoded-content-length'] ?? request.body.length);
      options.onCreated({ bucket, key, sizeBytes, eTag });
    }
    return { operation, ...answer };
  };
}

/** A PUT of a whole object, or the end of an upload in parts; the parts themselves create nothing. */
function isObjectCreated({ method, url }: ServiceRequest): boolean {
  const { searchParams } = new URL(url, 'http://local');
  return method === 'PUT'
    ? !searchParams.has('partNumber')
    : method === 'POST' && searchParams.has('uploadId');
}

function headerText(value: OutgoingHttpHeader | undefined): string {
  return value === undefined ? '' : String(value);
}

function operationOf({ headers }: ServiceRequest): string {
  const target = String(headers['x-amz-target'] ?? '');
  return target.slice(target.lastIndexOf('.') + 1);
}

/** The address in `Name <address>`. */
function addressOf(source: string): string {
  return /<([^>]+)>/.exec(source)?.[1] ?? source;
}

async function forward(endpoint: string, request: ServiceRequest): Promise<GatewayAnswer> {
  const { method, url, body } = request;
  const { host: _host, connection: _connection, expect: _expect, ...headers } = request.headers;
  const answer = await exchange({ method, url: `${endpoint}${url}`, headers, body });
  const {
    connection: _hop,
    'transfer-encoding': _coding,
    date: _date,
    'content-length': _length,
    ...kept
  } = answer.headers;
  return { status: answer.status, headers: kept, body: answer.body };
}
