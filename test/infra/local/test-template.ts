import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach } from 'vitest';

import type { JsonObject } from '#infra/local/json.ts';
import { type LocalRun, type LocalRunOptions, startLocalRun } from '#infra/local/local-run.ts';
import type { RunEvent } from '#infra/local/run-event.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';

/** The instant at which test runs start: a Monday. */
export const startAtMs = Date.parse('2026-03-02T08:00:00Z');

interface TestFunction {
  /** The module's source; by default the handler asks the test what to do with each event. */
  readonly code?: string;
  readonly statements?: readonly JsonObject[];
  readonly environment?: JsonObject;
  readonly properties?: JsonObject;
}

export interface TestTemplate {
  readonly functions?: Readonly<Record<string, TestFunction>>;
  readonly resources?: Readonly<Record<string, JsonObject>>;
}

/** What the tests read of events: of queue, stream, topic and bucket records, of requests, schedules and bus events. */
export interface SeenEvent {
  readonly Records: readonly SeenRecord[];
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly routeKey?: string;
  readonly source?: string;
  readonly time?: string;
  readonly at?: string;
  readonly detail: { readonly object: { readonly key: string } };
}

interface SeenRecord {
  readonly eventSource?: string;
  readonly EventSource?: string;
  readonly messageId: string;
  readonly body: string;
  readonly dynamodb: {
    readonly Keys: Readonly<Record<'PK' | 'SK', { readonly S: string }>>;
    readonly SequenceNumber: string;
    readonly ApproximateCreationDateTime: number;
  };
  readonly Sns: Readonly<Record<string, string>>;
  readonly s3: JsonObject;
}

/** One event that reached a function, and when (virtual time). */
export interface Seen {
  readonly functionName: string;
  readonly event: SeenEvent;
  readonly atMs: number;
}

/** What a function shall do with an event: return a value, throw, or end its process. */
export type Behaviour = (seen: Seen) => Order | undefined | Promise<Order | undefined>;

interface Order {
  readonly return?: unknown;
  readonly throw?: string;
  readonly exit?: number;
}

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Runs after the test, in reverse order. */
export function onTestEnd(cleanUp: () => Promise<unknown>): void {
  cleanUps.push(cleanUp);
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'local-run-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a run of a small template whose functions report every event to the test and do what `behave` says. */
export async function startTestRun(
  template: TestTemplate,
  options: Partial<LocalRunOptions> & { readonly behave?: Behaviour } = {},
): Promise<{ run: LocalRun; seen: Seen[]; events: RunEvent[] }> {
  const seen: Seen[] = [];
  const recorder = await startRecorder(seen, options.behave ?? ((): undefined => undefined));
  const assemblyDir = await writeAssembly(template, recorder.url);
  const events: RunEvent[] = [];
  const clock =
    options.clock ??
    createVirtualClock({
      startAtMs,
      speed: 'jump',
      onError: (error) => events.push({ kind: 'failed', where: 'clock', error }),
    });
  const run = await startLocalRun({
    stacks: ['Test'],
    ...options,
    assemblyDir,
    clock,
    onEvent: (event) => events.push(event),
  });
  cleanUps.push(() => run.stop());
  return { run, seen, events };
}

/** Writes a cloud assembly as `cdk synth` does: one stack, an asset folder per function. */
export async function writeAssembly(template: TestTemplate, recorderUrl = ''): Promise<string> {
  const dir = await temporaryFolder();
  const Resources: Record<string, JsonObject> = { ...template.resources };
  const files: Record<string, JsonObject> = {};
  for (const [id, one] of Object.entries(template.functions ?? {})) {
    await mkdir(path.join(dir, `asset.${id}`));
    await writeFile(path.join(dir, `asset.${id}`, 'index.mjs'), one.code ?? reportingHandler);
    files[id] = {
      source: { path: `asset.${id}`, packaging: 'zip' },
      destinations: { here: { objectKey: `${id}.zip` } },
    };
    Resources[`${id}Role`] = {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: one.statements ?? [] } }] },
    };
    Resources[id] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: id,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: `${id}.zip` },
        Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        Environment: { Variables: { RECORDER_URL: recorderUrl, ...one.environment } },
        ...one.properties,
      },
    };
  }
  const artifacts = {
    Test: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Test.template.json', stackName: 'Test' },
    },
    'Test.assets': { type: 'cdk:asset-manifest', properties: { file: 'Test.assets.json' } },
  };
  await writeFile(path.join(dir, 'manifest.json'), JSON.stringify({ artifacts }));
  await writeFile(path.join(dir, 'Test.assets.json'), JSON.stringify({ files }));
  await writeFile(path.join(dir, 'Test.template.json'), JSON.stringify({ Resources }));
  return dir;
}

export const allow = (Action: string | string[], Resource: JsonObject | string): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const arnOf = (logicalId: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** What a function needs to be fed by a queue, and by a table's stream. */
export const mayReadQueue = (queue: string): JsonObject =>
  allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf(queue));
export const mayReadStream = (table: string): JsonObject =>
  allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], {
    'Fn::GetAtt': [table, 'StreamArn'],
  });

/** Lets a service invoke a function. */
export const mayInvoke = (principal: string, functionId: string): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: arnOf(functionId), Principal: principal },
});

export const tableWithStream: JsonObject = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'people',
    AttributeDefinitions: [
      { AttributeName: 'PK', AttributeType: 'S' },
      { AttributeName: 'SK', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'PK', KeyType: 'HASH' },
      { AttributeName: 'SK', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};

export function mapping(functionId: string, source: JsonObject, properties: JsonObject = {}): JsonObject {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: functionId }, EventSourceArn: source, ...properties },
  };
}

/** A handler without any library: posts what it got, does what the answer says. */
export const reportingHandler = `
import http from 'node:http';
const ask = (body) => new Promise((resolve, reject) => {
  const request = http.request(process.env.RECORDER_URL, { method: 'POST' }, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => resolve(JSON.parse(text)));
  });
  request.on('error', reject);
  request.end(JSON.stringify(body));
});
export const handler = async (event, context) => {
  const order = await ask({ functionName: context.functionName, event, atMs: Date.now() });
  if (order.exit !== undefined) process.exit(order.exit);
  if (order.throw !== undefined) throw new Error(order.throw);
  return order.return;
};
`;

/** Collects what the functions of a run report, and tells them what to do. */
export async function startRecorder(seen: Seen[], behave: Behaviour): Promise<{ url: string }> {
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one = JSON.parse(text) as Seen;
      seen.push(one);
      void Promise.resolve(behave(one)).then((order) => response.end(JSON.stringify(order ?? {})));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}` };
}
