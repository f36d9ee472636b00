import { debtorsTable } from '#functions/_adapters/dynamodb/table-definition.ts';
import type { RequestContext } from '#infra/local/iam/policy.ts';
import { type Json, type JsonObject, isJsonObject, listAt, objectAt, textAt } from '#infra/local/json.ts';
import { type LocalPlace, arn } from '#infra/local/template/resource-names.ts';

/** One permission that a request needs; all that a request needs must be allowed. */
export interface RequiredPermission {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys that belong to this part of the request alone. */
  readonly context?: RequestContext;
}

/** Item actions which a transaction needs, by its member. (DynamoDB Developer Guide, "Transactions: IAM".) */
const transactionActions: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

/** The permissions of a DynamoDB call, by its operation and body. (Service Authorization Reference, DynamoDB.) */
export function dynamodbPermissions(
  operation: string,
  body: JsonObject,
  place: LocalPlace,
): RequiredPermission[] {
  const action = `dynamodb:${operation}`;
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return transactionRequests(body).map(({ member, table, request }) => ({
        action: transactionActions[member] ?? `dynamodb:${member}`,
        resource: tableArn(table, place),
        context: leadingKey(request),
      }));
    case 'BatchWriteItem':
    case 'BatchGetItem':
      return batchTables(body).map((table) => ({ action, resource: tableArn(table, place) }));
    default: {
      const index = textAt(body, 'IndexName');
      const resource = tableArn(textAt(body, 'TableName') ?? '*', place);
      const asked = index === undefined ? resource : `${resource}/index/${index}`;
      return [{ action, resource: asked, context: leadingKey(body) }];
    }
  }
}

/** The partition that a request works on, as the condition key `dynamodb:LeadingKeys`. Batches have none here. */
function leadingKey(request: Json | undefined): RequestContext {
  const { partitionKey } = debtorsTable;
  const keyed = { ...objectAt(request, 'Item'), ...objectAt(request, 'Key') };
  const placeholder = /=\s*(:\w+)/.exec(textAt(request, 'KeyConditionExpression') ?? '')?.[1] ?? '';
  const queried = objectAt(request, 'ExpressionAttributeValues')[placeholder];
  const value = textAt(keyed[partitionKey], 'S') ?? textAt(queried, 'S');
  return value === undefined ? {} : { 'dynamodb:LeadingKeys': value };
}

/** Tables whose stream a successful call may have written to. */
export function writtenTables(operation: string, body: JsonObject): string[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [tableName(textAt(body, 'TableName') ?? '')];
    case 'BatchWriteItem':
      return batchTables(body).map(tableName);
    case 'TransactWriteItems':
      return [...new Set(transactionRequests(body).map(({ table }) => tableName(table)))];
    default:
      return [];
  }
}

function transactionRequests(
  body: JsonObject,
): { member: string; table: string; request: Json | undefined }[] {
  return listAt(body, 'TransactItems').flatMap((item) =>
    Object.entries(isJsonObject(item) ? item : {}).map(([member, request]) => ({
      member,
      table: textAt(request, 'TableName') ?? '*',
      request,
    })),
  );
}

function batchTables(body: JsonObject): string[] {
  return Object.keys(objectAt(body, 'RequestItems'));
}

/** Batch calls of SQS need the permission of the single call. (Service Authorization Reference, SQS.) */
export function sqsPermission(operation: string, body: JsonObject, place: LocalPlace): RequiredPermission {
  const queue = textAt(body, 'QueueUrl')?.split('/').at(-1) ?? textAt(body, 'QueueName') ?? '*';
  return { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: `${arn('sqs', place)}:${queue}` };
}

/** What an S3 request on `/bucket/key` needs. */
export function s3Permission(method: string, bucket: string, key: string): RequiredPermission {
  const bucketArn = `arn:aws:s3:::${bucket}`;
  if (key === '') return { action: 's3:ListBucket', resource: bucketArn };
  const actions: Readonly<Record<string, string>> = {
    GET: 's3:GetObject',
    HEAD: 's3:GetObject',
    DELETE: 's3:DeleteObject',
  };
  return { action: actions[method] ?? 's3:PutObject', resource: `${bucketArn}/${key}` };
}

function tableArn(tableNameOrArn: string, place: LocalPlace): string {
  return tableNameOrArn.startsWith('arn:')
    ? tableNameOrArn
    : `${arn('dynamodb', place)}:table/${tableNameOrArn}`;
}

function tableName(tableNameOrArn: string): string {
  return tableNameOrArn.slice(tableNameOrArn.lastIndexOf('/') + 1);
}
