import { describe, expect, test } from 'vitest';

import { operatorClients } from '#test/infra/local/operator.ts';
import {
  allow,
  arnOf,
  type Behaviour,
  type SeenEvent,
  mapping,
  mayReadStream,
  startAtMs,
  startTestRun,
  tableWithStream,
} from '#test/infra/local/test-template.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

const streamTemplate = (properties = {}) => ({
  functions: { Plan: { statements: [mayReadStream('People'), allow('sqs:SendMessage', arnOf('Failed'))] } },
  resources: {
    People: tableWithStream,
    Failed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } },
    Mapping: mapping(
      'Plan',
      { 'Fn::GetAtt': ['People', 'StreamArn'] },
      { StartingPosition: 'TRIM_HORIZON', ...properties },
    ),
  },
});

const toFailed = { DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } } };
const sortKeys = ({ Records }: SeenEvent): string[] => Records.map(({ dynamodb }) => dynamodb.Keys.SK.S);
const secondsOf = (seen: readonly { atMs: number }[]): number[] =>
  seen.map(({ atMs }) => (atMs - startAtMs) / secondMs);

async function runWith(properties: object, behave?: Behaviour) {
  const started = await startTestRun(streamTemplate(properties), behave === undefined ? {} : { behave });
  return { ...started, ...operatorClients(started.run) };
}

describe('a stream that feeds a function', () => {
  test('gives old and new images of each change in order, and nothing for a write that changes nothing', async () => {
    const { run, seen, put } = await runWith({ BatchSize: 1 });
    await put('p', '1', { state: 'new' });
    await put('p', '1', { state: 'late' });
    await put('p', '1', { state: 'late' });
    await run.settle();
    expect(seen.map(({ event }) => event.Records[0])).toMatchObject([
      { eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb: { NewImage: { state: { S: 'new' } } } },
      {
        eventName: 'MODIFY',
        dynamodb: {
          OldImage: { state: { S: 'new' } },
          NewImage: { state: { S: 'late' } },
          Keys: { PK: { S: 'p' } },
        },
      },
    ]);
    expect(seen[0]?.event.Records[0]?.dynamodb.ApproximateCreationDateTime).toBe(startAtMs / 1_000);
  });

  test('wakes the function only for records that a filter matches', async () => {
    const Pattern = JSON.stringify({
      eventName: ['INSERT'],
      dynamodb: { NewImage: { SK: { S: [{ prefix: 'account#' }] }, paidAt: { S: [{ exists: false }] } } },
    });
    const { run, seen, put } = await runWith({ FilterCriteria: { Filters: [{ Pattern }] } });
    await put('p', 'profile');
    await put('p', 'account#1');
    await put('p', 'account#1', { paidAt: 'today' });
    await put('p', 'account#2', { paidAt: 'today' });
    await run.settle();
    expect(seen.flatMap(({ event }) => sortKeys(event))).toEqual(['account#1']);
  });

  test('collects a batch until its window ends', async () => {
    const { run, seen, put } = await runWith({ BatchSize: 10, MaximumBatchingWindowInSeconds: 5 });
    await put('p', '1');
    await run.advanceTo(startAtMs + 3 * secondMs);
    await put('p', '2');
    await run.advanceTo(startAtMs + minuteMs);
    expect(seen.map(({ event }) => sortKeys(event))).toEqual([['1', '2']]);
    expect(secondsOf(seen)).toEqual([5]);
  });

  test('repeats a failed batch later and holds back what comes behind it', async () => {
    let failures = 2;
    const { run, seen, put } = await runWith({ BatchSize: 1 }, () =>
      failures-- > 0 ? { throw: 'not yet' } : {},
    );
    await put('p', '1');
    await run.settle();
    await put('p', '2');
    await run.advanceTo(startAtMs + minuteMs);
    expect(seen.map(({ event }) => sortKeys(event))).toEqual([['1'], ['1'], ['1'], ['2']]);
    expect(secondsOf(seen)).toEqual([0, 1, 3, 3]);
  });

  test('goes on from the first record that is reported as failed', async () => {
    let isFirst = true;
    const window = {
      BatchSize: 3,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    };
    const { run, seen, put } = await runWith(window, ({ event }) => {
      if (!isFirst) return undefined;
      isFirst = false;
      return {
        return: { batchItemFailures: [{ itemIdentifier: event.Records[1]?.dynamodb.SequenceNumber }] },
      };
    });
    for (const key of ['1', '2', '3']) await put('p', key);
    await run.advanceTo(startAtMs + minuteMs);
    expect(seen.map(({ event }) => sortKeys(event))).toEqual([
      ['1', '2', '3'],
      ['2', '3'],
    ]);
  });

  test('cuts a failing batch in two until the bad record is alone, gives that up and tells where it was', async () => {
    const window = { BatchSize: 4, MaximumBatchingWindowInSeconds: 1, BisectBatchOnFunctionError: true };
    const { run, seen, put } = await runWith(
      { ...window, MaximumRetryAttempts: 1, ...toFailed },
      ({ event }) => (sortKeys(event).includes('3') ? { throw: 'bad record' } : undefined),
    );
    for (const key of ['1', '2', '3', '4']) await put('p', key);
    await run.advanceTo(startAtMs + 10 * minuteMs);
    expect(seen.map(({ event }) => sortKeys(event))).toEqual([
      ['1', '2', '3', '4'],
      ['1', '2'],
      ['3', '4'],
      ['3'],
      ['3'],
      ['4'],
    ]);
    expect((await run.stats()).queues['failed']).toMatchObject({ ready: 1 });
  });

  test('gives up a batch after its retries and goes on behind it', async () => {
    const { run, seen, put, events } = await runWith(
      { BatchSize: 1, MaximumRetryAttempts: 2 },
      ({ event }) => (sortKeys(event).includes('1') ? { throw: 'never' } : undefined),
    );
    await put('p', '1');
    await put('p', '2');
    await run.advanceTo(startAtMs + 10 * minuteMs);
    expect(seen.map(({ event }) => sortKeys(event))).toEqual([['1'], ['1'], ['1'], ['2']]);
    expect(events).toContainEqual({
      kind: 'dropped',
      source: 'Mapping',
      reason: 'RetryAttemptsExhausted',
      count: 1,
    });
  });

  test('gives up records that are too old', async () => {
    const { run, seen, put } = await runWith(
      { BatchSize: 1, MaximumRecordAgeInSeconds: 60, ...toFailed },
      () => ({ throw: 'never' }),
    );
    await put('p', '1');
    await run.advanceTo(startAtMs + 10 * minuteMs);
    expect(Math.max(...secondsOf(seen))).toBeLessThanOrEqual(60);
    expect((await run.stats()).queues['failed']).toMatchObject({ ready: 1 });
  });

  test('keeps the order of each partition key while several batches run at once', async () => {
    const { run, seen, put } = await runWith({ BatchSize: 1, ParallelizationFactor: 4 });
    for (let step = 0; step < 5; step += 1)
      for (const person of ['a', 'b', 'c', 'd']) await put(person, String(step));
    await run.settle();
    for (const person of ['a', 'b', 'c', 'd']) {
      const own = seen.filter(({ event }) => event.Records[0]?.dynamodb.Keys.PK.S === person);
      expect(own.flatMap(({ event }) => sortKeys(event))).toEqual(['0', '1', '2', '3', '4']);
    }
  });
});
