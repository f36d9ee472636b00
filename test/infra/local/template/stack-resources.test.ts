import { describe, expect, test } from 'vitest';

import type { JsonObject } from '#infra/local/json.ts';
import { evaluateStacks } from '#infra/local/template/stack-resources.ts';

const place = { region: 'eu-west-1', account: '123456789012' };

function evaluate(value: JsonObject[string], more: JsonObject = {}): unknown {
  const resources = {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-people' } },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'sms' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
    Subject: { Type: 'Any::Type', Properties: { value } },
  };
  const template = {
    Parameters: {},
    Mappings: {},
    Conditions: {},
    Outputs: {},
    Resources: resources,
    ...more,
  };
  const stack = { stackName: 'Service', template, assetFolders: new Map<string, string>() };
  const exporting = {
    stackName: 'State',
    template: {
      ...template,
      Conditions: {},
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'exported' } } },
      Outputs: {
        Ref: {
          Value: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Queue' } },
        },
      },
    },
    assetFolders: new Map<string, string>(),
  };
  return evaluateStacks([stack, exporting], place).find(({ logicalId }) => logicalId === 'Subject')
    ?.properties['value'];
}

describe('an expression in a template', () => {
  test.each<[string, JsonObject[string], unknown]>([
    ['Ref of a table is its name', { Ref: 'Table' }, 'Service-people'],
    ['Ref of a queue is its URL', { Ref: 'Queue' }, 'https://sqs.eu-west-1.amazonaws.com/123456789012/sms'],
    ['Ref of a topic is its ARN', { Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:123456789012:Service-Topic'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:123456789012:sms'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.QueueName' }, 'sms'],
    [
      'Sub with attributes, own variables and a literal',
      { 'Fn::Sub': ['${Queue.Arn} ${own} ${!kept}', { own: { Ref: 'Table' } }] },
      'arn:aws:sqs:eu-west-1:123456789012:sms Service-people ${kept}',
    ],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-eu-west-1'],
    ['Select from Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['ImportValue', { 'Fn::ImportValue': 'State:Queue' }, 'arn:aws:sqs:eu-west-1:123456789012:exported'],
    [
      'GetStackOutput',
      { 'Fn::GetStackOutput': { StackName: 'State', OutputName: 'Ref' } },
      'arn:aws:sqs:eu-west-1:123456789012:exported',
    ],
    ['NoValue leaves a member out', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    [
      'a policy condition is no intrinsic',
      { Condition: { StringEquals: { a: 'b' } } },
      { Condition: { StringEquals: { a: 'b' } } },
    ],
  ])('%s', (_rule, expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  test('If follows a condition, and a resource whose condition is false is left out', () => {
    const Conditions = {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    };
    const Parameters = { Stage: { Default: 'dev' } };
    expect(evaluate({ 'Fn::If': ['IsProd', 'big', 'small'] }, { Conditions, Parameters })).toBe('small');
    expect(evaluate({ 'Fn::If': ['IsDev', 'yes', 'no'] }, { Conditions, Parameters })).toBe('yes');
  });

  test.each([
    [
      'an unknown intrinsic',
      { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] },
      'uses Fn::Cidr, which the local run cannot evaluate',
    ],
    ['a resource that is not there', { Ref: 'Nothing' }, 'has no resource or parameter Nothing'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Queue', 'Colour'] }, 'has no attribute Colour'],
    [
      'an export that no stack has',
      { 'Fn::ImportValue': 'Other:Thing' },
      'No stack of this run exports Other:Thing',
    ],
  ])('%s is an error that names it', (_fault, expression, message) => {
    expect(() => evaluate(expression)).toThrow(message);
  });
});
