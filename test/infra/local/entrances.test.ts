import { describe, expect, test } from 'vitest';

import { operatorAccessKey } from '#infra/local/gateway/callers.ts';
import { localAuthorization } from '#infra/local/gateway/aws-json.ts';
import type { JsonObject } from '#infra/local/json.ts';
import {
  allow,
  arnOf,
  mapping,
  mayInvoke,
  startAtMs,
  startTestRun,
  tableWithStream,
} from '#test/infra/local/test-template.ts';

const tableProperties = tableWithStream['Properties'] as JsonObject;

const route = (RouteKey: string, integration: string, more = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey,
    Target: { 'Fn::Join': ['', ['integrations/', { Ref: integration }]] },
    ...more,
  },
});
const integration = (functionId: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: { Ref: 'Api' },
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: arnOf(functionId),
    PayloadFormatVersion: '2.0',
  },
});

const apiTemplate = {
  functions: {
    Receive: { environment: { PUBLIC_URL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
    Accounts: {},
    Page: {},
  },
  resources: {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
    ReceiveIntegration: integration('Receive'),
    AccountsIntegration: integration('Accounts'),
    Status: route('POST /twilio/status', 'ReceiveIntegration'),
    AnyTwilio: route('ANY /twilio/{proxy+}', 'AccountsIntegration'),
    Put: route('PUT /accounts/{id}', 'AccountsIntegration', { AuthorizationType: 'AWS_IAM' }),
    Later: route('GET /console', 'AccountsIntegration', { AuthorizationType: 'JWT' }),
    MayReceive: mayInvoke('apigateway.amazonaws.com', 'Receive'),
    MayAccounts: mayInvoke('apigateway.amazonaws.com', 'Accounts'),
    MayPage: mayInvoke('*', 'Page'),
    PageUrl: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arnOf('Page'), AuthType: 'NONE' } },
  },
};

describe('an HTTP API', () => {
  test('gives the function a payload of format 2.0, forms in base64, and answers with what it returns', async () => {
    const { run, seen } = await startTestRun(apiTemplate, {
      behave: () => ({
        return: {
          statusCode: 201,
          headers: { 'X-Own': 'yes' },
          body: Buffer.from('<ok/>').toString('base64'),
          isBase64Encoded: true,
        },
      }),
    });
    const url = `${run.doors[0]!.localUrl}/twilio/status?contactId=c%201&a=1&a=2`;
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ MessageStatus: 'delivered' }),
    });
    expect([response.status, response.headers.get('x-own'), await response.text()]).toEqual([
      201,
      'yes',
      '<ok/>',
    ]);
    expect(seen[0]).toMatchObject({
      functionName: 'Receive',
      event: {
        version: '2.0',
        routeKey: 'POST /twilio/status',
        rawPath: '/twilio/status',
        rawQueryString: 'contactId=c%201&a=1&a=2',
        queryStringParameters: { contactId: 'c 1', a: '1,2' },
        isBase64Encoded: true,
        body: Buffer.from('MessageStatus=delivered').toString('base64'),
        requestContext: { http: { method: 'POST', path: '/twilio/status' }, timeEpoch: startAtMs },
      },
    });
  });

  test('replaces its address on AWS by the local one in the environment of functions', async () => {
    const { run } = await startTestRun(apiTemplate);
    expect(run.overridesApplied).toMatchObject([
      { functionName: 'Receive', variable: 'PUBLIC_URL', to: run.doors[0]!.localUrl },
    ]);
  });

  test('prefers a literal route to a greedy one and answers 404 where nothing matches', async () => {
    const { run, seen } = await startTestRun(apiTemplate);
    const authorization = localAuthorization('us-east-1', 'execute-api', operatorAccessKey);
    await run.http({ method: 'POST', url: '/twilio/status', headers: { authorization } });
    await run.http({ method: 'GET', url: '/twilio/voice/start' });
    expect((await run.http({ method: 'GET', url: '/elsewhere' })).status).toBe(404);
    expect(seen.map(({ functionName, event }) => [functionName, event.pathParameters])).toEqual([
      ['Receive', undefined],
      ['Accounts', { proxy: 'voice/start' }],
    ]);
    // Who signed is told only to functions whose route asks for it, as on AWS.
    expect(seen[0]?.event).not.toHaveProperty('requestContext.authorizer');
  });

  test('lets only known callers through a route with IAM, and nobody through one whose authorizer it cannot run', async () => {
    const { run, seen } = await startTestRun(apiTemplate);
    const authorization = localAuthorization('us-east-1', 'execute-api', operatorAccessKey);
    expect((await run.http({ method: 'PUT', url: '/accounts/7', body: '{}' })).status).toBe(403);
    expect((await run.http({ method: 'GET', url: '/console', headers: { authorization } })).status).toBe(403);
    expect(
      (await run.http({ method: 'PUT', url: '/accounts/7', body: '{}', headers: { authorization } })).status,
    ).toBe(200);
    expect(seen.map(({ event }) => event.pathParameters)).toEqual([{ id: '7' }]);
    expect(seen[0]?.event).toMatchObject({
      requestContext: { authorizer: { iam: { userArn: 'arn:aws:iam::000000000000:user/operator' } } },
    });
    expect(run.notRunLocally).toContain('Api GET /console: authorizer JWT (requests are refused)');
  });

  test.each(['/accounts/%zz', '//'])('answers 400 to the broken path %s', async (url) => {
    const { run, seen } = await startTestRun(apiTemplate);
    expect((await run.http({ method: 'PUT', url })).status).toBe(400);
    expect(seen).toEqual([]);
  });

  test('answers 500 when the function fails', async () => {
    const { run } = await startTestRun(apiTemplate, { behave: () => ({ throw: 'secret detail' }) });
    const response = await run.http({ method: 'POST', url: '/twilio/status' });
    expect([response.status, String(response.body)]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('opens the URL of a function', async () => {
    const { run, seen } = await startTestRun(apiTemplate);
    const response = await run.http({ method: 'GET', url: '/any/thing', door: 'PageUrl' });
    expect(response.status).toBe(200);
    expect(seen).toMatchObject([
      { functionName: 'Page', event: { routeKey: '$default', rawPath: '/any/thing' } },
    ]);
  });
});

describe('the list of what does not run locally', () => {
  test('names every type that takes no part, and what is left out of those that do', async () => {
    const resources = {
      Key: { Type: 'AWS::KMS::Key', Properties: {} },
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
      Script: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13', Code: { ZipFile: '' } } },
      Jobs: { Type: 'AWS::SQS::Queue', Properties: {} },
      Feed: mapping('Script', arnOf('Jobs')),
      People: {
        ...tableWithStream,
        Properties: { ...tableProperties, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } },
      },
    };
    const { run } = await startTestRun({
      resources,
      functions: { Any: { statements: [allow('kms:Decrypt', arnOf('Key'))] } },
    });
    expect(run.notRunLocally).toEqual([
      'AWS::CloudWatch::Alarm (1)',
      'AWS::DynamoDB::Table People: TimeToLiveSpecification (expired items stay, as they may for days on AWS)',
      'AWS::KMS::Key (1)',
      'AWS::Lambda::EventSourceMapping Feed: its function Test-Script does not run here',
      'AWS::Lambda::Function Script: runtime python3.13 or inline code',
    ]);
  });
});
