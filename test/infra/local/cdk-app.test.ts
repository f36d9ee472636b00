import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, type ITable, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule as EventSchedule, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaCode, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SnsEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';

import { startLocalRun } from '#infra/local/local-run.ts';
import { createVirtualClock } from '#infra/local/virtual-clock.ts';
import { operatorClients } from '#test/infra/local/operator.ts';
import {
  onTestEnd,
  reportingHandler,
  type Seen,
  type SeenEvent,
  startAtMs,
  startRecorder,
  temporaryFolder,
} from '#test/infra/local/test-template.ts';

test('runs what CDK synthesises: two stacks, grants, event sources, a schedule, an HTTP API, a bucket and a topic', async () => {
  const seen: Seen[] = [];
  const { url } = await startRecorder(seen, () => undefined);
  const assemblyDir = await synthesise(url);
  const clock = createVirtualClock({ startAtMs, speed: 'jump' });
  const run = await startLocalRun({ assemblyDir, stacks: ['State', 'Service'], clock });
  onTestEnd(() => run.stop());

  const { sqs, put } = operatorClients(run);
  await put('debtor#1', 'profile');
  const queue = run.resources.find(
    ({ type, logicalId }) => type === 'AWS::SQS::Queue' && !logicalId.startsWith('SmsDead'),
  )!;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: `${run.operatorEnvironment['AWS_ENDPOINT_URL_SQS']!}/0/${queue.name}`,
      MessageBody: 'hello',
    }),
  );
  expect((await run.http({ method: 'PUT', url: '/accounts/7', body: '{}' })).status).toBe(200);
  const topic = run.resources.find(({ type }) => type === 'AWS::SNS::Topic')!;
  await run.publishToTopic(topic.logicalId, '{}');
  await run.advanceTo(startAtMs + 60_000);

  const kindOf = ({ event }: Seen): string | undefined => {
    // Requests and schedules have no records.
    const { Records, source, routeKey } = event as Partial<SeenEvent>;
    return Records?.[0]?.eventSource ?? Records?.[0]?.EventSource ?? source ?? routeKey;
  };
  expect(seen.map(kindOf).sort()).toEqual([
    'PUT /accounts/{id}',
    'aws.events',
    'aws:dynamodb',
    'aws:sns',
    'aws:sqs',
  ]);
  expect(run.notRunLocally.filter((entry) => entry.includes('Function'))).toMatchObject([
    expect.stringContaining('BucketNotificationsHandler'),
  ]);
});

async function synthesise(recorderUrl: string): Promise<string> {
  const folder = await temporaryFolder();
  const code = path.join(folder, 'code');
  await mkdir(code);
  await writeFile(path.join(code, 'index.mjs'), reportingHandler);

  const app = new App({ outdir: path.join(folder, 'cdk.out'), analyticsReporting: false });
  const state = new Stack(app, 'State');
  const table = new TableV2(state, 'People', {
    tableName: 'people',
    partitionKey: { name: 'PK', type: AttributeType.STRING },
    sortKey: { name: 'SK', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    globalSecondaryIndexes: [{ indexName: 'due', partitionKey: { name: 'due', type: AttributeType.STRING } }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const sms = new Queue(state, 'Sms', {
    deadLetterQueue: { queue: new Queue(state, 'SmsDead'), maxReceiveCount: 3 },
  });

  const service = new Stack(app, 'Service');
  const one = new LambdaCode(service, 'Everything', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    timeout: Duration.seconds(10),
    environment: { RECORDER_URL: recorderUrl, TABLE_NAME: table.tableName, QUEUE_URL: sms.queueUrl },
  });
  table.grantReadWriteData(one);
  sms.grantSendMessages(one);
  new Secret(service, 'TwilioToken').grantRead(one);
  one.addEventSource(
    // CDK's own types do not agree with each other under exactOptionalPropertyTypes.
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      reportBatchItemFailures: true,
    }),
  );
  one.addEventSource(new SqsEventSource(sms, { reportBatchItemFailures: true, maxConcurrency: 2 }));
  one.addEventSource(new SnsEventSource(new Topic(service, 'Mail')));
  new Rule(service, 'EveryMinute', {
    schedule: EventSchedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(one)],
  });
  new HttpApi(service, 'Api').addRoutes({
    path: '/accounts/{id}',
    methods: [HttpMethod.PUT],
    integration: new HttpLambdaIntegration('Integration', one),
  });
  new Bucket(service, 'Drop').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(one));
  return app.synth().directory;
}
