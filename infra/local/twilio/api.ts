import { apiError, apiErrorBody, type ApiError } from './api-error.ts';
import type { Calls } from './calls.ts';
import { filterRecords, listPage } from './listing.ts';
import { single } from './message-draft.ts';
import type { Messages } from './messages.ts';
import type { OpenapiCheck, OperationId, RequestParameters } from './openapi-check.ts';
import type { CallRecord, MessageRecord } from './records.ts';
import { apiVersion, callResource, messageResource } from './resources.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly parameters: RequestParameters;
  /** As it came in; empty for GET. */
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface ApiParts {
  readonly accountSid: string;
  readonly authToken: string;
  readonly check: OpenapiCheck;
  readonly messages: Messages;
  readonly calls: Calls;
}

/** The operation that a request asks for, and the resource that its path names. */
export interface Target {
  readonly operation: OperationId;
  readonly sid: string;
}

/**
 * What the emulator acts on. Twilio's other parameters are refused although the document knows them: a parameter that
 * is taken and then ignored would make a run look like production when it is not.
 */
const playedParameters: Readonly<Record<OperationId, ReadonlySet<string>>> = {
  CreateMessage: new Set(['To', 'From', 'Body', 'StatusCallback', 'ValidityPeriod']),
  FetchMessage: new Set(),
  ListMessage: new Set(['To', 'From', 'DateSent', 'DateSent<', 'DateSent>', 'PageSize', 'Page']),
  CreateCall: new Set([
    ...['To', 'From', 'Url', 'Twiml', 'Timeout', 'StatusCallback', 'StatusCallbackEvent'],
    ...['MachineDetection', 'AsyncAmd', 'AsyncAmdStatusCallback'],
  ]),
  FetchCall: new Set(),
  ListCall: new Set([
    ...['To', 'From', 'Status', 'StartTime', 'StartTime<', 'StartTime>', 'EndTime', 'EndTime<', 'EndTime>'],
    ...['PageSize', 'Page'],
  ]),
  UpdateCall: new Set(['Status']),
};

/** The operation that this method and path name for this account; undefined when Twilio has nothing there. */
export function targetOf(method: string, path: string, accountSid: string): Target | undefined {
  const match =
    /^\/2010-04-01\/Accounts\/(AC[0-9a-fA-F]{32})\/(Messages|Calls)(?:\/([A-Z]{2}[0-9a-fA-F]{32}))?\.json$/.exec(
      path,
    );
  if (match?.[1] !== accountSid) return undefined;
  const sid = match[3] ?? '';
  const key = `${method} ${match[2] ?? ''}${sid === '' ? '' : '/Sid'}`;
  const operationIds: Readonly<Record<string, OperationId>> = {
    'POST Messages': 'CreateMessage',
    'GET Messages': 'ListMessage',
    'GET Messages/Sid': 'FetchMessage',
    'POST Calls': 'CreateCall',
    'GET Calls': 'ListCall',
    'GET Calls/Sid': 'FetchCall',
    'POST Calls/Sid': 'UpdateCall',
  };
  const operation = operationIds[key];
  return operation === undefined ? undefined : { operation, sid };
}

/** Answers one request of Twilio's REST API. */
export async function answerApi(parts: ApiParts, request: ApiRequest): Promise<ApiAnswer> {
  const expected = `Basic ${Buffer.from(`${parts.accountSid}:${parts.authToken}`).toString('base64')}`;
  if (request.authorization !== expected) return errorAnswer(apiError(20003));
  const target = targetOf(request.method, request.path, parts.accountSid);
  if (target === undefined) return errorAnswer(apiError(20404, request.path));
  const wrong =
    parts.check.request(target.operation, request.parameters) ??
    notPlayed(target.operation, request.parameters);
  if (wrong !== undefined) return errorAnswer(apiError(20001, wrong));
  return operations[target.operation](parts, target.sid, request.parameters);
}

function notPlayed(operation: OperationId, parameters: RequestParameters): string | undefined {
  const name = Object.keys(parameters).find((parameter) => !playedParameters[operation].has(parameter));
  return name === undefined ? undefined : `${name} is a parameter of Twilio that this emulator does not play`;
}

type Operate = (
  parts: ApiParts,
  sid: string,
  parameters: RequestParameters,
) => ApiAnswer | Promise<ApiAnswer>;

const operations: Readonly<Record<OperationId, Operate>> = {
  CreateMessage: (parts, _, parameters) => messageAnswer(parts, parts.messages.create(parameters), 201),
  FetchMessage: (parts, sid) => messageAnswer(parts, parts.messages.find(sid) ?? apiError(20404, sid), 200),
  ListMessage: (parts, _, parameters) => listMessages(parts, parameters),
  CreateCall: (parts, _, parameters) => callAnswer(parts, parts.calls.create(parameters), 201),
  FetchCall: (parts, sid) => callAnswer(parts, parts.calls.find(sid) ?? apiError(20404, sid), 200),
  ListCall: (parts, _, parameters) => listCalls(parts, parameters),
  UpdateCall: async (parts, sid) => callAnswer(parts, await parts.calls.end(sid), 200),
};

function listMessages({ accountSid, messages }: ApiParts, parameters: RequestParameters): ApiAnswer {
  const found = filterRecords(messages.all(), parameters, { DateSent: (record) => record.sentAt });
  const resources = found.map((record) => messageResource(accountSid, record));
  return {
    status: 200,
    body: listPage('messages', `/${apiVersion}/Accounts/${accountSid}/Messages.json`, resources, parameters),
  };
}

function listCalls({ accountSid, calls }: ApiParts, parameters: RequestParameters): ApiAnswer {
  const found = filterRecords(calls.all(), parameters, {
    StartTime: (record) => record.startedAt,
    EndTime: (record) => record.endedAt,
  }).filter((record) => (single(parameters, 'Status') ?? record.status) === record.status);
  const resources = found.map((record) => callResource(accountSid, record));
  return {
    status: 200,
    body: listPage('calls', `/${apiVersion}/Accounts/${accountSid}/Calls.json`, resources, parameters),
  };
}

function messageAnswer(
  { accountSid }: ApiParts,
  result: MessageRecord | ApiError,
  status: number,
): ApiAnswer {
  return 'code' in result ? errorAnswer(result) : { status, body: messageResource(accountSid, result) };
}

function callAnswer({ accountSid }: ApiParts, result: CallRecord | ApiError, status: number): ApiAnswer {
  return 'code' in result ? errorAnswer(result) : { status, body: callResource(accountSid, result) };
}

export function errorAnswer(error: ApiError): ApiAnswer {
  return { status: error.status, body: apiErrorBody(error) };
}
