import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';

import { parseJson } from '#infra/local/json.ts';
import { operatorClients, queueUrl } from '#test/infra/local/operator.ts';
import {
  type Behaviour,
  arnOf,
  mayInvoke,
  startAtMs,
  startTestRun,
} from '#test/infra/local/test-template.ts';

const exporting = (body: string) => `export const handler = ${body};`;

describe('a function', () => {
  test("has the template's variables, the runtime's and the endpoints, and nothing of this machine", async () => {
    const code = exporting('async () => ({ ...process.env })');
    const { run } = await startTestRun(
      {
        functions: {
          Any: {
            code,
            environment: {
              TABLE: { 'Fn::Sub': '${AWS::Region}-people' },
              SMS_API: 'https://api.example.com/v1',
            },
          },
        },
      },
      { overrides: [{ from: 'https://api.example.com', to: 'http://127.0.0.1:1' }] },
    );
    const environment = parseJson((await run.invoke('Any', {})).payload ?? '{}') as Record<string, string>;
    expect(environment).toMatchObject({
      TABLE: 'us-east-1-people',
      SMS_API: 'http://127.0.0.1:1/v1',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'Any',
      AWS_ENDPOINT_URL_DYNAMODB: run.operatorEnvironment['AWS_ENDPOINT_URL_DYNAMODB'],
    });
    const own = Object.keys(environment).filter((name) => !/^(AWS_|LAMBDA_|_HANDLER$|LANG$|TZ$)/.test(name));
    expect(own.sort()).toEqual(['RECORDER_URL', 'SMS_API', 'TABLE']);
    expect(run.overridesApplied).toMatchObject([{ functionName: 'Any', variable: 'SMS_API' }]);
  });

  test('gets a context with its own names and time left', async () => {
    const code = exporting(
      'async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })',
    );
    const { run } = await startTestRun({ functions: { Any: { code, properties: { MemorySize: 256 } } } });
    expect(parseJson((await run.invoke('Any', {})).payload ?? '{}')).toMatchObject({
      functionName: 'Any',
      memoryLimitInMB: '256',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Any',
      left: expect.any(Number) as number,
    });
  });

  test('keeps its module between invocations, and starts anew after its process ended', async () => {
    const code = `let calls = 0; ${exporting('async ({ exit }) => { if (exit) process.exit(3); return (calls += 1); }')}`;
    const { run } = await startTestRun({ functions: { Any: { code } } });
    const payloads = [(await run.invoke('Any', {})).payload, (await run.invoke('Any', {})).payload];
    const ended = await run.invoke('Any', { exit: true });
    payloads.push((await run.invoke('Any', {})).payload);
    expect(payloads).toEqual(['1', '2', '1']);
    expect(ended.failure).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: 'Runtime exited with error: exit status 3',
    });
  });

  test.each([
    ['throws', exporting("async () => { throw new RangeError('too far'); }"), 'RangeError', 'too far'],
    ['throws while it is loaded', "throw new Error('no variable TABLE');", 'Error', 'no variable TABLE'],
    [
      'does not export its handler',
      'export const other = 1;',
      'Error',
      'index.handler is undefined or not exported',
    ],
    [
      'crashes outside of its handler',
      exporting(
        "async () => { setImmediate(() => { throw new TypeError('lost'); }); await new Promise(() => {}); }",
      ),
      'TypeError',
      'lost',
    ],
  ])('that %s fails with the type and message of its error', async (_way, code, errorType, errorMessage) => {
    const { run, events } = await startTestRun({ functions: { Any: { code } } });
    expect((await run.invoke('Any', {})).failure).toMatchObject({ errorType, errorMessage });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'invoked', failure: `${errorType}: ${errorMessage}` }),
    );
  });

  test('runs twice at once', async () => {
    let arrived = 0;
    const both = Promise.withResolvers<undefined>();
    const behave: Behaviour = () => {
      arrived += 1;
      if (arrived === 2) both.resolve(undefined);
      return both.promise;
    };
    const { run } = await startTestRun({ functions: { Any: {} } }, { behave });
    await Promise.all([run.invoke('Any', {}), run.invoke('Any', {})]);
    expect(arrived).toBe(2);
  });

  test('runs only as often at once as its reserved concurrency allows', async () => {
    let [active, activeMax] = [0, 0];
    const behave: Behaviour = async () => {
      activeMax = Math.max(activeMax, (active += 1));
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      active -= 1;
      return undefined;
    };
    const properties = { ReservedConcurrentExecutions: 1 };
    const { run, seen } = await startTestRun({ functions: { Any: { properties } } }, { behave });
    await Promise.all([1, 2, 3].map(() => run.invoke('Any', {})));
    expect([seen.length, activeMax]).toEqual([3, 1]);
  });

  test('that is switched off by a reserved concurrency of zero is throttled', async () => {
    const { run } = await startTestRun({
      functions: { Any: { properties: { ReservedConcurrentExecutions: 0 } } },
    });
    expect((await run.invoke('Any', {})).failure?.errorType).toBe('TooManyRequestsException');
  });

  test('that is not in the template is an error that lists those that are', async () => {
    const { run } = await startTestRun({ functions: { Any: {} } });
    expect(() => run.invoke('Other', {})).toThrow('No function Other runs here. There are: Any.');
  });
});

describe('a function that is invoked by events', () => {
  test('tells its destinations what came of them', async () => {
    const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
    const resources = {
      Good: queue('good'),
      Bad: queue('bad'),
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Work' },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 1,
          DestinationConfig: {
            OnSuccess: { Destination: arnOf('Good') },
            OnFailure: { Destination: arnOf('Bad') },
          },
        },
      },
      MayWork: mayInvoke('events.amazonaws.com', 'Work'),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 hour)',
          Targets: [
            { Id: 'good', Arn: arnOf('Work'), Input: '{"good":true}' },
            { Id: 'bad', Arn: arnOf('Work'), Input: '{"good":false}' },
          ],
        },
      },
    };
    const code = exporting("async ({ good }) => { if (!good) throw new Error('no'); return 'done'; }");
    const { run } = await startTestRun({ functions: { Work: { code } }, resources });
    await run.advanceTo(startAtMs + 3_600_000 + 600_000);
    const { sqs } = operatorClients(run);
    const recordOf = async (name: string) => {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(run, name) }));
      return parseJson(Messages?.[0]?.Body ?? 'null');
    };
    expect(await recordOf('good')).toMatchObject({
      requestContext: { condition: 'Success', approximateInvokeCount: 1 },
      requestPayload: { good: true },
      responsePayload: 'done',
    });
    expect(await recordOf('bad')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      requestPayload: { good: false },
      responsePayload: { errorMessage: 'no' },
    });
  });
});
