import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';

import { operatorClients, queueUrl } from '#test/infra/local/operator.ts';
import {
  arnOf,
  mapping,
  mayReadQueue,
  startAtMs,
  startTestRun,
  temporaryFolder,
} from '#test/infra/local/test-template.ts';

const secondMs = 1_000;

const queueTemplate = (properties = {}, queueProperties = {}) => ({
  functions: { Send: { statements: [mayReadQueue('Sms')] } },
  resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    Sms: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'sms',
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 },
        ...queueProperties,
      },
    },
    Mapping: mapping('Send', arnOf('Sms'), properties),
  },
});

describe('a queue that feeds a function', () => {
  test('delivers a delayed message at its second of virtual time', async () => {
    const { run, seen } = await startTestRun(queueTemplate());
    const { sqs } = operatorClients(run);
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl(run, 'sms'), MessageBody: 'later', DelaySeconds: 600 }),
    );
    await run.advanceTo(startAtMs + 599 * secondMs);
    expect(seen).toEqual([]);
    await run.advanceTo(startAtMs + 3_600 * secondMs);
    expect(seen.map(({ atMs }) => atMs - startAtMs)).toEqual([600 * secondMs]);
    expect(seen[0]?.event.Records[0]?.body).toBe('later');
  });

  test('shows a failed message again when its visibility ends, and moves it to the dead-letter queue after three receives', async () => {
    const { run, seen } = await startTestRun(queueTemplate(), { behave: () => ({ throw: 'no' }) });
    const { sqs } = operatorClients(run);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(run, 'sms'), MessageBody: 'bad' }));
    await run.advanceTo(startAtMs + 3_600 * secondMs);
    expect(seen.map(({ atMs }) => (atMs - startAtMs) / secondMs)).toEqual([0, 60, 120]);
    expect((await run.stats()).queues).toMatchObject({ sms: { ready: 0, inFlight: 0 }, dead: { ready: 1 } });
  });

  test('deletes what succeeded of a batch and repeats only what was reported as failed', async () => {
    const { run, seen } = await startTestRun(
      queueTemplate({ FunctionResponseTypes: ['ReportBatchItemFailures'] }),
      {
        behave: ({ event }) => ({
          return: {
            batchItemFailures: event.Records.filter(({ body }) => body === 'b').map(({ messageId }) => ({
              itemIdentifier: messageId,
            })),
          },
        }),
      },
    );
    const { sqs } = operatorClients(run);
    const Entries = ['a', 'b', 'c'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(run, 'sms'), Entries }));
    await run.advanceTo(startAtMs + 61 * secondMs);
    expect(seen.map(({ event }) => event.Records.map(({ body }) => body))).toEqual([['a', 'b', 'c'], ['b']]);
  });

  test('takes an answer that names an unknown message as a failure of the whole batch', async () => {
    const { run, seen } = await startTestRun(
      queueTemplate({ FunctionResponseTypes: ['ReportBatchItemFailures'] }),
      {
        behave: () => ({ return: { batchItemFailures: [{ itemIdentifier: 'not one of them' }] } }),
      },
    );
    const { sqs } = operatorClients(run);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(run, 'sms'), MessageBody: 'x' }));
    await run.advanceTo(startAtMs + 61 * secondMs);
    expect(seen).toHaveLength(2);
  });

  test('waits for the batching window to fill a batch', async () => {
    const { run, seen } = await startTestRun(
      queueTemplate({ BatchSize: 3, MaximumBatchingWindowInSeconds: 20 }),
    );
    const { sqs } = operatorClients(run);
    const QueueUrl = queueUrl(run, 'sms');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b', DelaySeconds: 10 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'c', DelaySeconds: 30 }));
    await run.advanceTo(startAtMs + 60 * secondMs);
    expect(seen.map(({ event, atMs }) => [(atMs - startAtMs) / secondMs, event.Records.length])).toEqual([
      [20, 2],
      [50, 1],
    ]);
  });

  test('deletes messages that no filter matches without invoking', async () => {
    const Filters = [{ Pattern: JSON.stringify({ body: { channel: ['sms'] } }) }];
    const { run, seen } = await startTestRun(queueTemplate({ FilterCriteria: { Filters } }));
    const { sqs } = operatorClients(run);
    const Entries = ['sms', 'email'].map((channel) => ({
      Id: channel,
      MessageBody: JSON.stringify({ channel }),
    }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(run, 'sms'), Entries }));
    await run.advanceTo(startAtMs + 200 * secondMs);
    expect(seen.flatMap(({ event }) => event.Records.map(({ body }) => body))).toEqual(['{"channel":"sms"}']);
    expect((await run.stats()).queues['sms']).toEqual({ ready: 0, inFlight: 0, delayed: 0 });
  });

  test('reports the process of a function that ends as a failure and starts a new one for the next batch', async () => {
    let invocations = 0;
    const { run, seen } = await startTestRun(queueTemplate(), {
      behave: () => ((invocations += 1) === 1 ? { exit: 1 } : {}),
    });
    const { sqs } = operatorClients(run);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(run, 'sms'), MessageBody: 'x' }));
    await run.advanceTo(startAtMs + 300 * secondMs);
    expect(seen.map(({ atMs }) => (atMs - startAtMs) / secondMs)).toEqual([0, 60]);
    expect((await run.stats()).functions['Send']).toMatchObject({ invocations: 2, failures: 1 });
  });

  test.each(['in memory', 'in a data folder'])(
    'gives a message back at once when its visibility is set to zero, %s',
    async (place) => {
      const resources = { Plain: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'plain' } } };
      const dataDir = place === 'in memory' ? undefined : await temporaryFolder();
      const { run } = await startTestRun({ resources }, { dataDir });
      const { sqs } = operatorClients(run);
      const QueueUrl = queueUrl(run, 'plain');
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
      const receive = () =>
        sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }));
      const [first] = (await receive()).Messages ?? [];
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: first?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
      expect((await receive()).Messages).toMatchObject([
        { Body: 'x', Attributes: { ApproximateReceiveCount: '2' } },
      ]);
    },
  );
});
