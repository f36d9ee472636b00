import { createVerify } from 'node:crypto';

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';

import type { JsonObject } from '#infra/local/json.ts';
import { operatorClients, queueUrl } from '#test/infra/local/operator.ts';
import { allow, arnOf, mayInvoke, startAtMs, startTestRun } from '#test/infra/local/test-template.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const invokingRole = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      { PolicyName: 'own', PolicyDocument: { Statement: [allow('lambda:InvokeFunction', arnOf('Tick'))] } },
    ],
  },
};

describe('schedules', () => {
  test('fire each minute of virtual time with the minute in the event', async () => {
    const resources = {
      MayTick: mayInvoke('events.amazonaws.com', 'Tick'),
      EveryMinute: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 minute)',
          State: 'ENABLED',
          Targets: [{ Id: 'a', Arn: arnOf('Tick') }],
        },
      },
    };
    const { run, seen } = await startTestRun({ functions: { Tick: {} }, resources });
    await run.advanceTo(startAtMs + 3 * minuteMs);
    expect(seen.map(({ event, atMs }) => [event.time, atMs - startAtMs])).toEqual([
      ['2026-03-02T08:01:00Z', minuteMs],
      ['2026-03-02T08:02:00Z', 2 * minuteMs],
      ['2026-03-02T08:03:00Z', 3 * minuteMs],
    ]);
    expect(seen[0]?.event).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event' });
  });

  test('of EventBridge Scheduler fire by wall clock in their zone, with their input', async () => {
    const resources = {
      Invoking: invokingRole,
      Nightly: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'cron(30 2 ? * MON-FRI *)',
          ScheduleExpressionTimezone: 'America/New_York',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: arnOf('Tick'),
            RoleArn: arnOf('Invoking'),
            Input: '{"at":"<aws.scheduler.scheduled-time>"}',
          },
        },
      },
    };
    const { run, seen } = await startTestRun({ functions: { Tick: {} }, resources });
    // The clocks go forward on Sunday 8 March.
    await run.advanceTo(startAtMs + 7 * dayMs);
    expect(seen.map(({ event }) => event.at)).toEqual([
      '2026-03-03T07:30:00Z',
      '2026-03-04T07:30:00Z',
      '2026-03-05T07:30:00Z',
      '2026-03-06T07:30:00Z',
      '2026-03-09T06:30:00Z',
    ]);
  });

  test('retry a failing function one and two minutes later and then send the event to its dead-letter queue', async () => {
    const resources = {
      Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
      Invoking: invokingRole,
      Once: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'at(2026-03-02T08:10:00)',
          Target: { Arn: arnOf('Tick'), RoleArn: arnOf('Invoking'), Input: '{"n":1}' },
        },
      },
    };
    const properties = { DeadLetterConfig: { TargetArn: arnOf('Dead') } };
    const { run, seen } = await startTestRun(
      { functions: { Tick: { properties } }, resources },
      { behave: () => ({ throw: 'no' }) },
    );
    await run.advanceTo(startAtMs + dayMs);
    expect(seen.map(({ atMs }) => (atMs - startAtMs) / minuteMs)).toEqual([10, 11, 13]);
    const { sqs } = operatorClients(run);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl(run, 'dead'), MessageAttributeNames: ['All'] }),
    );
    expect(Messages).toMatchObject([
      { Body: '{"n":1}', MessageAttributes: { ErrorMessage: { StringValue: 'no' } } },
    ]);
  });
});

describe('topics', () => {
  test('deliver signed messages to functions and queues', async () => {
    const subscription = (Protocol: string, Endpoint: JsonObject, more: JsonObject = {}) => ({
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Mail' }, Protocol, Endpoint, ...more },
    });
    const resources = {
      Mail: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'mail-events' } },
      Copy: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'copy' } },
      MayReceive: mayInvoke('sns.amazonaws.com', 'Receive'),
      ToFunction: subscription('lambda', arnOf('Receive')),
      ToQueue: subscription('sqs', arnOf('Copy'), { RawMessageDelivery: true }),
    };
    const { run, seen } = await startTestRun({ functions: { Receive: {} }, resources });
    await run.publishToTopic('mail-events', '{"eventType":"Bounce"}');
    await run.settle();
    const { Sns } = seen[0]!.event.Records[0]!;
    const { Message, MessageId, Timestamp, TopicArn, Type, Signature = '', SigningCertUrl = '' } = Sns;
    const signed = Object.entries({ Message, MessageId, Timestamp, TopicArn, Type }).map(
      ([name, value]) => `${name}\n${String(value)}\n`,
    );
    const certificate = await (await fetch(SigningCertUrl)).text();
    expect(createVerify('RSA-SHA1').update(signed.join('')).verify(certificate, Signature, 'base64')).toBe(
      true,
    );
    expect(Message).toBe('{"eventType":"Bounce"}');
    const { sqs } = operatorClients(run);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(run, 'copy') }));
    expect(Messages?.[0]?.Body).toBe('{"eventType":"Bounce"}');
  });
});

describe('buckets', () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'drop' } };
  const putBoth = async (run: Parameters<typeof operatorClients>[0]) => {
    const { s3 } = operatorClients(run);
    await s3.send(new PutObjectCommand({ Bucket: 'drop', Key: 'in/a b.csv', Body: 'accountId\n1\n' }));
    await s3.send(new PutObjectCommand({ Bucket: 'drop', Key: 'in/readme.txt', Body: 'no' }));
    await run.settle();
  };

  test("tell a function of new objects through CDK's custom resource", async () => {
    const resources = {
      Drop: bucket,
      MayIngest: mayInvoke('s3.amazonaws.com', 'Ingest'),
      Notifications: {
        Type: 'Custom::S3BucketNotifications',
        Properties: {
          BucketName: { Ref: 'Drop' },
          NotificationConfiguration: {
            LambdaFunctionConfigurations: [
              {
                Events: ['s3:ObjectCreated:*'],
                Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '.csv' }] } },
                LambdaFunctionArn: arnOf('Ingest'),
              },
            ],
          },
        },
      },
    };
    const { run, seen } = await startTestRun({ functions: { Ingest: {} }, resources });
    await putBoth(run);
    expect(seen.map(({ event }) => event.Records[0]?.s3)).toMatchObject([
      { bucket: { name: 'drop' }, object: { key: 'in/a+b.csv', size: 12 } },
    ]);
  });

  test('tell a function through a rule of the event bus', async () => {
    const resources = {
      Drop: {
        ...bucket,
        Properties: {
          ...bucket.Properties,
          NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
        },
      },
      MayIngest: mayInvoke('events.amazonaws.com', 'Ingest'),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.s3'],
            'detail-type': ['Object Created'],
            detail: { bucket: { name: [{ Ref: 'Drop' }] }, object: { key: [{ suffix: '.csv' }] } },
          },
          Targets: [{ Id: 'a', Arn: arnOf('Ingest') }],
        },
      },
    };
    const statements = [allow('s3:GetObject', { 'Fn::Join': ['', [arnOf('Drop'), '/*']] })];
    const { run, seen } = await startTestRun({ functions: { Ingest: { statements } }, resources });
    await putBoth(run);
    expect(seen.map(({ event }) => event.detail.object.key)).toEqual(['in/a b.csv']);
  });
});
