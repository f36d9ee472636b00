import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';

import { type Json, type JsonObject, parseJson } from '#infra/local/json.ts';
import { allow, arnOf, mapping, startTestRun, tableWithStream } from '#test/infra/local/test-template.ts';

/** A function that makes the AWS call which the event asks for, with the real SDK, and answers with what came of it. */
const callingHandler = `
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as sqs from '@aws-sdk/client-sqs';
import * as ses from '@aws-sdk/client-ses';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
const clients = {
  dynamodb: [dynamodb, new dynamodb.DynamoDBClient({})],
  sqs: [sqs, new sqs.SQSClient({})],
  ses: [ses, new ses.SESClient({})],
  s3: [s3, new s3.S3Client({})],
  secrets: [secrets, new secrets.SecretsManagerClient({})],
};
export const handler = async ({ service, command, input }) => {
  const [module, client] = clients[service];
  try {
    const address = service === 'sqs' ? { QueueUrl: process.env.QUEUE_URL } : {};
    const { $metadata, ...output } = await client.send(new module[command + 'Command']({ ...address, ...input }));
    if (command === 'GetObject') return { ok: await output.Body.transformToString() };
    return { ok: output };
  } catch (error) {
    return { error: error.name, message: error.message };
  }
};
`;

let code = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: callingHandler, resolveDir: process.cwd() },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    write: false,
  });
  code = outputFiles[0]!.text;
});

const resources: Record<string, JsonObject> = {
  People: tableWithStream,
  Sms: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'sms' } },
  Token: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'twilio' } },
  Drop: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'drop' } },
};

async function caller(statements: readonly JsonObject[]) {
  const { run, events } = await startTestRun(
    { functions: { Call: { code, statements, environment: { QUEUE_URL: { Ref: 'Sms' } } } }, resources },
    { secrets: { Token: 's3cret' } },
  );
  const call = async (service: string, command: string, input: JsonObject): Promise<Json> =>
    parseJson((await run.invoke('Call', { service, command, input })).payload ?? 'null');
  return { call, events };
}

const containing = (text: string): unknown => expect.stringContaining(text);
const key = { PK: { S: 'p' }, SK: { S: '1' } };
const put = { TableName: 'people', Item: key };

describe('a call of a function', () => {
  test('is refused with the name and action that AWS gives, in the protocol of each service', async () => {
    const { call, events } = await caller([]);
    expect(await call('dynamodb', 'PutItem', put)).toMatchObject({
      error: 'AccessDeniedException',
      message: containing(
        'is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/people',
      ),
    });
    expect(await call('sqs', 'SendMessage', { MessageBody: 'x' })).toMatchObject({ error: 'AccessDenied' });
    expect(
      await call('ses', 'SendRawEmail', { Source: 'a@example.com', RawMessage: { Data: 'text' } }),
    ).toMatchObject({
      error: 'AccessDenied',
      message: containing('ses:SendRawEmail'),
    });
    expect(await call('secrets', 'GetSecretValue', { SecretId: 'twilio' })).toMatchObject({
      error: 'AccessDeniedException',
    });
    expect(await call('s3', 'GetObject', { Bucket: 'drop', Key: 'a' })).toMatchObject({
      error: 'AccessDenied',
    });
    expect(events).toContainEqual({
      kind: 'refused',
      caller: 'Call',
      action: 'dynamodb:PutItem',
      resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/people',
    });
  });

  test('works where the role allows it', async () => {
    const { call } = await caller([
      allow('dynamodb:PutItem', arnOf('People')),
      allow('sqs:SendMessage', arnOf('Sms')),
      allow('secretsmanager:GetSecretValue', { Ref: 'Token' }),
      allow(['s3:GetObject*', 's3:PutObject'], { 'Fn::Join': ['', [arnOf('Drop'), '/*']] }),
    ]);
    expect(await call('dynamodb', 'PutItem', put)).toEqual({ ok: {} });
    expect(await call('sqs', 'SendMessageBatch', { Entries: [{ Id: 'a', MessageBody: 'x' }] })).toMatchObject(
      {
        ok: { Successful: [{ Id: 'a' }] },
      },
    );
    expect(await call('secrets', 'GetSecretValue', { SecretId: 'twilio' })).toMatchObject({
      ok: { SecretString: 's3cret' },
    });
    await call('s3', 'PutObject', { Bucket: 'drop', Key: 'a b', Body: 'text' });
    expect(await call('s3', 'GetObject', { Bucket: 'drop', Key: 'a b' })).toEqual({ ok: 'text' });
  });

  test('to an index needs the permission of the index', async () => {
    const { call } = await caller([allow('dynamodb:Query', arnOf('People'))]);
    const query = {
      TableName: 'people',
      KeyConditionExpression: 'PK = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    };
    expect(await call('dynamodb', 'Query', query)).toMatchObject({ ok: { Count: 0 } });
    expect(await call('dynamodb', 'Query', { ...query, IndexName: 'due' })).toMatchObject({
      error: 'AccessDeniedException',
    });
  });

  test('with a transaction needs the permission of each of its items', async () => {
    const { call } = await caller([allow('dynamodb:PutItem', arnOf('People'))]);
    const check = {
      ConditionCheck: {
        TableName: 'people',
        Key: { ...key, SK: { S: '2' } },
        ConditionExpression: 'attribute_not_exists(PK)',
      },
    };
    expect(await call('dynamodb', 'TransactWriteItems', { TransactItems: [{ Put: put }] })).toEqual({
      ok: {},
    });
    expect(
      await call('dynamodb', 'TransactWriteItems', { TransactItems: [{ Put: put }, check] }),
    ).toMatchObject({
      message: containing('dynamodb:ConditionCheckItem'),
    });
  });

  test('that may touch one partition is refused at every other', async () => {
    const { call } = await caller([
      {
        ...allow(['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query'], arnOf('People')),
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['p'] } },
      },
    ]);
    const partition = (name: string) => ({ PK: { S: name }, SK: { S: '1' } });
    const calls = (name: string): [string, JsonObject][] => [
      ['PutItem', { TableName: 'people', Item: partition(name) }],
      ['GetItem', { TableName: 'people', Key: partition(name) }],
      [
        'Query',
        {
          TableName: 'people',
          KeyConditionExpression: 'PK = :p AND begins_with(SK, :s)',
          ExpressionAttributeValues: { ':p': { S: name }, ':s': { S: '1' } },
        },
      ],
      ['TransactWriteItems', { TransactItems: [{ Put: put }, { Put: { ...put, Item: partition(name) } }] }],
    ];
    for (const [command, input] of calls('other'))
      expect(await call('dynamodb', command, input), command).toMatchObject({
        error: 'AccessDeniedException',
      });
    for (const [command, input] of calls('p').slice(0, 3))
      expect(await call('dynamodb', command, input), command).toHaveProperty('ok');
  });

  test('is refused by an explicit deny whatever else allows it', async () => {
    const { call } = await caller([
      allow('dynamodb:*', '*'),
      { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' },
    ]);
    expect(await call('dynamodb', 'PutItem', put)).toMatchObject({
      message: containing('explicit deny'),
    });
    expect(await call('dynamodb', 'GetItem', { TableName: 'people', Key: key })).toEqual({ ok: {} });
  });

  test('to a table that does not exist gets the error of the service', async () => {
    const { call } = await caller([allow('dynamodb:*', '*')]);
    expect(await call('dynamodb', 'PutItem', { ...put, TableName: 'other' })).toMatchObject({
      error: 'ResourceNotFoundException',
    });
  });
});

describe('a run does not start', () => {
  test('when a role may not read the source of its function', async () => {
    const started = startTestRun({
      functions: { Plan: {} },
      resources: { ...resources, Mapping: mapping('Plan', arnOf('Sms')) },
    });
    await expect(started).rejects.toThrow('does not allow sqs:ReceiveMessage');
  });

  test('when a service may not invoke the function that it feeds', async () => {
    const Targets = [{ Id: 'a', Arn: arnOf('Tick') }];
    const Rule = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 minute)', Targets } };
    await expect(startTestRun({ functions: { Tick: {} }, resources: { Rule } })).rejects.toThrow(
      'Rule: the template has no AWS::Lambda::Permission by which events.amazonaws.com may invoke Tick',
    );
  });

  test('when the role of a schedule may not invoke its function', async () => {
    const Role = { Type: 'AWS::IAM::Role', Properties: {} };
    const Target = { Arn: arnOf('Tick'), RoleArn: arnOf('Role') };
    const Nightly = {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { ScheduleExpression: 'rate(1 day)', Target },
    };
    await expect(startTestRun({ functions: { Tick: {} }, resources: { Role, Nightly } })).rejects.toThrow(
      'does not allow lambda:InvokeFunction',
    );
  });

  test('when a policy has a condition that it cannot check', async () => {
    const statement = {
      ...allow('dynamodb:*', '*'),
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    };
    await expect(startTestRun({ functions: { Plan: { statements: [statement] } } })).rejects.toThrow(
      'aws:SourceIp cannot be checked',
    );
  });
});
