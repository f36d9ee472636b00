import { existsSync } from 'node:fs';
import { type App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { stages } from '#infra/stage-settings.ts';
import { ofType, synthesise, type Resource } from './synthesised-stage.ts';

const built = new Map(stages.map((stage) => [stage, synthesise(stage)]));

/** Wildcards that are in policies on purpose; each is also accepted by name, with its reason, where it is made. */
const acceptedWildcards = ['/stream/*', '/portfolio/*', '/rejected/*', '/incoming/*'];
/** Functions that decide by the published configuration. */
const readers = [
  'guard-experiments',
  'ops',
  'place-call',
  'plan',
  'portal',
  'receive-payment',
  'receive-twilio',
  'send-email',
  'send-sms',
  'tick',
  'work',
];
/** Functions beside them that are built only where a stage takes mail in. */
const mailReaders: Readonly<Record<string, readonly string[]>> = { dev: ['receive-mail'] };

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

function statementsOf({ Properties }: Resource): Statement[] {
  return (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement;
}

function attributeOf(value: unknown): string {
  return (value as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
}

describe.each(stages)('stage %s', (name) => {
  const stage = built.get(name)!;
  const takesMail = mailReaders[name] !== undefined;
  const wanted = [...readers, ...(mailReaders[name] ?? [])].sort();
  const queues = ofType(stage, 'AWS::SQS::Queue');
  const mappings = ofType(stage, 'AWS::Lambda::EventSourceMapping');
  const alarms = ofType(stage, 'AWS::CloudWatch::Alarm');
  const deadLetterTargets = queues.flatMap(([, { Properties }]) => {
    const redrive = Properties['RedrivePolicy'] as { deadLetterTargetArn: unknown } | undefined;
    return redrive === undefined ? [] : [attributeOf(redrive.deadLetterTargetArn)];
  });
  const onFailure = mappings.flatMap(([, { Properties }]) => {
    const destination = Properties['DestinationConfig'] as
      { OnFailure: { Destination: unknown } } | undefined;
    return destination === undefined ? [] : [attributeOf(destination.OnFailure.Destination)];
  });
  const dead = [...deadLetterTargets, ...onFailure];

  it('gives every queue that is worked on a dead-letter queue of its own', () => {
    const worked = mappings
      .map(([, { Properties }]) => Properties['EventSourceArn'])
      .filter((arn) => 'Fn::GetAtt' in (arn as object));
    expect(worked.length).toBe(takesMail ? 7 : 6);
    for (const arn of worked) {
      expect(
        stage.resources.get(attributeOf(arn))?.Properties['RedrivePolicy'],
        attributeOf(arn),
      ).toBeDefined();
    }
    expect(new Set(dead).size).toBe(dead.length);
    expect(queues.length).toBe(worked.length + dead.length);
  });

  it('has an alarm on every dead-letter queue', () => {
    const watched = alarms.flatMap(([, { Properties }]) =>
      ((Properties['Dimensions'] ?? []) as { Name: string; Value: unknown }[])
        .filter((one) => one.Name === 'QueueName')
        .map((one) => attributeOf(one.Value)),
    );
    expect(watched.sort()).toEqual(dead.sort());
  });

  it('tells in every alarm who is harmed and which runbook to open, and the runbook exists', () => {
    expect(alarms.length).toBeGreaterThan(dead.length);
    for (const [id, { Properties }] of alarms) {
      const [, impact, runbook] =
        /^(.{20,}\.) Runbook: (docs\/runbooks\/[a-z-]+\.md)$/.exec(String(Properties['AlarmDescription'])) ??
        [];
      expect(impact, id).toBeDefined();
      expect(
        existsSync(new URL(`../../${String(runbook)}`, import.meta.url)),
        `${id}: ${String(runbook)}`,
      ).toBe(true);
      expect(Properties['AlarmActions'], id).toHaveLength(1);
    }
  });

  it('takes messages and stream records back one by one', () => {
    expect(mappings.length).toBe(takesMail ? 8 : 7);
    for (const [id, { Properties }] of mappings) {
      expect(Properties['FunctionResponseTypes'], id).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('hides a message for at least six time-outs of its worker', () => {
    for (const [id, { Properties }] of mappings) {
      const queue = (Properties['EventSourceArn'] as Record<string, unknown>)['Fn::GetAtt'];
      if (queue === undefined) continue;
      const hidden = stage.resources.get(attributeOf(Properties['EventSourceArn']))?.Properties[
        'VisibilityTimeout'
      ];
      const worker = stage.resources.get((Properties['FunctionName'] as { Ref: string }).Ref)!;
      expect(Number(hidden), id).toBeGreaterThanOrEqual(6 * Number(worker.Properties['Timeout']));
    }
  });

  it('bounds how often and how long a stream record is tried', () => {
    stage.service.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: Match.anyValue(),
      MaximumRecordAgeInSeconds: Match.anyValue(),
      DestinationConfig: Match.anyValue(),
      FilterCriteria: Match.anyValue(),
    });
  });

  it('keeps the table recoverable to any point of time, encrypted with its own key, and streamed', () => {
    stage.state.hasResourceProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      DeletionProtectionEnabled: name === 'prod',
    });
  });

  it(
    name === 'prod'
      ? 'keeps table, key, bucket and secrets when the stack goes'
      : 'lets everything go with the stack',
    () => {
      const policies = [
        'AWS::DynamoDB::Table',
        'AWS::KMS::Key',
        'AWS::S3::Bucket',
        'AWS::SecretsManager::Secret',
      ].map((type) => ofType(stage, type).map(([, { DeletionPolicy }]) => DeletionPolicy));
      const kept = name === 'prod' ? 'Retain' : 'Delete';
      const buckets = Array(takesMail ? 2 : 1).fill(kept);
      expect(policies).toEqual([[kept], [kept], buckets, Array(4).fill(kept)]);
    },
  );

  it('allows no action and no resource by a wildcard but the accepted ones', () => {
    const statements = ofType(stage, 'AWS::IAM::Policy').flatMap(([, policy]) => statementsOf(policy));
    expect(statements.length).toBeGreaterThan(20);
    for (const { Action, Resource } of statements) {
      expect([Action].flat().filter((action) => action.includes('*'))).toEqual([]);
      for (const text of JSON.stringify(Resource).match(/"[^"]*\*[^"]*"/g) ?? []) {
        expect(acceptedWildcards).toContain(JSON.parse(text));
      }
    }
  });

  it('gives every function the newest runtime, its own role and no managed policy', () => {
    const functions = ofType(stage, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(takesMail ? 16 : 15);
    for (const [id, { Properties }] of functions) {
      expect(Properties, id).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
    }
    expect(new Set(functions.map(([, { Properties }]) => attributeOf(Properties['Role']))).size).toBe(
      functions.length,
    );
    for (const [id, { Properties }] of ofType(stage, 'AWS::IAM::Role')) {
      expect(Properties['ManagedPolicyArns'], id).toBeUndefined();
    }
  });

  it('lets nobody scan the table, delete from it or change its form', () => {
    const actions = ofType(stage, 'AWS::IAM::Policy').flatMap(([, policy]) =>
      statementsOf(policy).flatMap(({ Action }) =>
        [Action].flat().filter((action) => action.startsWith('dynamodb:')),
      ),
    );
    const allowed = ['Query', 'GetItem', 'PutItem', 'UpdateItem', 'BatchGetItem', 'BatchWriteItem'];
    const ofStream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    expect([...new Set(actions)].sort()).toEqual(
      [...allowed, ...ofStream].map((action) => `dynamodb:${action}`).sort(),
    );
  });

  it("lets the operators' function, and tick in what it reads, into no partition but that of the kill switch", () => {
    const onlyControl = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['control'] } };
    const ofTable = (id: string) =>
      ofType(stage, 'AWS::IAM::Policy')
        .filter(([name]) => name.startsWith(id))
        .flatMap(([, policy]) => statementsOf(policy))
        .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')));
    expect(ofTable('OperationsOps')).toMatchObject([
      { Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], Condition: onlyControl },
    ]);
    expect(ofTable('PlanningTick')).toMatchObject([
      { Action: 'dynamodb:UpdateItem' },
      { Action: 'dynamodb:GetItem', Condition: onlyControl },
      { Action: 'dynamodb:Query' },
    ]);
  });

  it('lets the guard of experiments only count their marks and stop: it may read nobody', () => {
    const dynamodb = ofType(stage, 'AWS::IAM::Policy')
      .filter(([id]) => id.startsWith('ExperimentsGuard'))
      .flatMap(([, policy]) => statementsOf(policy))
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('dynamodb:')));
    expect(dynamodb).toMatchObject([
      {
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['control'] } },
      },
      {
        Action: 'dynamodb:Query',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['experiment#*'] } },
      },
    ]);
  });

  it.each([
    ['TwilioToken', ['ReceiptsReceiveTwilio', 'SendingPlaceCall', 'SendingSendSms']],
    ['LinkSecret', ['Portal', 'SendingSendEmail', 'SendingSendSms']],
    ['CallbackSecret', ['PaymentsReceivePayment', 'Portal']],
    ['StripeSecret', ['PaymentsReceivePayment', 'Portal']],
  ])('lets only those who need it read the secret %s', (secret, wanted) => {
    const readers = ofType(stage, 'AWS::IAM::Policy')
      .filter(([, policy]) =>
        statementsOf(policy).some(
          ({ Action, Resource }) =>
            [Action].flat().includes('secretsmanager:GetSecretValue') &&
            JSON.stringify(Resource).includes(secret),
        ),
      )
      .map(([id]) => id.replace(/Role.*/, ''));
    expect(readers.sort()).toEqual(wanted);
  });

  it('asks every caller to sign as an AWS principal but those whose signatures or links functions check', () => {
    const routes = ofType(stage, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties['RouteKey'],
      Properties['AuthorizationType'],
    ]);
    expect(Object.fromEntries(routes)).toEqual({
      'PUT /accounts/{accountId}': 'AWS_IAM',
      'POST /accounts/{accountId}/payments': 'AWS_IAM',
      'POST /accounts/{accountId}/reversals': 'AWS_IAM',
      'POST /debtors/{debtorId}/acts': 'AWS_IAM',
      'GET /stops': 'AWS_IAM',
      'GET /stops/history': 'AWS_IAM',
      'PUT /stops/{stopId}': 'AWS_IAM',
      'DELETE /stops/{stopId}': 'AWS_IAM',
      'POST /twilio/message-status': 'NONE',
      'POST /twilio/call-status': 'NONE',
      'POST /twilio/voice': 'NONE',
      'POST /twilio/sms': 'NONE',
      'POST /webhooks/stripe': 'NONE',
      'POST /callbacks/payments': 'NONE',
      'POST /callbacks/promises': 'NONE',
      'GET /a/{code}': 'NONE',
      'GET /a/{code}/{page}': 'NONE',
      'POST /a/{code}/{page}': 'NONE',
      'GET /p/{code}': 'NONE',
      'GET /s/{code}': 'NONE',
      'GET /real': 'NONE',
      'GET /u/{code}': 'NONE',
      'POST /u/{code}': 'NONE',
    });
  });

  it.runIf(takesMail)(
    'takes mail in checked and over TLS, and keeps it for the set time where one function reads',
    () => {
      stage.service.hasResourceProperties('AWS::SES::ReceiptRule', {
        Rule: {
          Enabled: true,
          ScanEnabled: true,
          TlsPolicy: 'Require',
          Recipients: ['reply.example.com'],
          Actions: [{ S3Action: { ObjectKeyPrefix: 'incoming/', TopicArn: Match.anyValue() } }],
        },
      });
      stage.state.hasResourceProperties('AWS::S3::Bucket', {
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      });
      const readingMails = ofType(stage, 'AWS::IAM::Policy')
        .filter(([, policy]) => JSON.stringify(policy).includes('/incoming/*'))
        .map(([id]) => id.replace(/Role.*/, ''));
      expect(readingMails).toEqual(['InboundMailReceiveMail']);
    },
  );

  it('ticks each minute', () => {
    stage.service.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' });
  });

  it('judges experiments each quarter of an hour', () => {
    stage.service.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(15 minutes)' });
  });

  it('gives the AppConfig extension, its place and the right to read to every function that decides', () => {
    const functions = ofType(stage, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties['Layers'] !== undefined,
    );
    const names = functions.map(([, { Properties }]) => String(Properties['FunctionName']));
    expect(names.sort()).toEqual(wanted.map((reader) => `dunwell-${name}-${reader}`));
    for (const [id, { Properties }] of functions) {
      const { CONFIG_PATH, AWS_APPCONFIG_EXTENSION_PREFETCH_LIST } = (
        Properties['Environment'] as { Variables: Record<string, unknown> }
      ).Variables;
      expect(CONFIG_PATH, id).toBe(`/applications/dunwell-${name}/environments/live/configurations/bundle`);
      expect(AWS_APPCONFIG_EXTENSION_PREFETCH_LIST, id).toBe(CONFIG_PATH);
    }
    const [policy] = ofType(stage, 'AWS::IAM::Policy').filter(([, one]) =>
      statementsOf(one).some(({ Action }) => [Action].flat().includes('appconfig:GetLatestConfiguration')),
    );
    expect(policy?.[1].Properties['Roles']).toHaveLength(wanted.length);
  });

  it('has every configuration judged by a function of its own, which may do nothing else', () => {
    const [[, profile] = []] = ofType(stage, 'AWS::AppConfig::ConfigurationProfile');
    const [validator] = profile?.Properties['Validators'] as [{ Type: string; Content: unknown }];
    expect(validator.Type).toBe('LAMBDA');
    const judge = stage.resources.get(attributeOf(validator.Content));
    expect(judge?.Properties['FunctionName']).toBe(`dunwell-${name}-check-config`);
    stage.service.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'appconfig.amazonaws.com',
      FunctionName: validator.Content,
    });
  });

  it('takes a configuration back by an alarm that follows those of senders, planner, tick and webhook', () => {
    const [[, environment] = []] = ofType(stage, 'AWS::AppConfig::Environment');
    const [monitor] = environment?.Properties['Monitors'] as [{ AlarmArn: unknown }];
    const suspect = stage.resources.get(attributeOf(monitor.AlarmArn));
    const followed = [
      ...JSON.stringify(suspect?.Properties['AlarmRule']).matchAll(/"Fn::GetAtt":\["(\w+)"/g),
    ];
    const names = followed.map(([, id]) => stage.resources.get(String(id))?.Properties['AlarmName']);
    expect(names.sort()).toEqual(
      [
        'call-dead',
        'config-refused',
        'email-dead',
        'plan-dead',
        'receive-payment-failing',
        'receive-twilio-failing',
        'sms-dead',
        'tick-failing',
      ].map((alarm) => `dunwell-${name}-${alarm}`),
    );
  });

  it('rolls out gradually over a longer time than a message takes to its dead-letter queue, and at once without any', () => {
    const strategies = ofType(stage, 'AWS::AppConfig::DeploymentStrategy').map(([, { Properties }]) => [
      Properties['Name'],
      Number(Properties['DeploymentDurationInMinutes']) + Number(Properties['FinalBakeTimeInMinutes']),
    ]);
    const minutes = Object.fromEntries(strategies) as Record<string, number>;
    expect(minutes[`dunwell-${name}-gradual`]).toBeGreaterThan((5 * 6 * 30) / 60);
    expect(minutes[`dunwell-${name}-at-once`]).toBe(0);
  });

  it('has no secret in any environment', () => {
    for (const [id, { Properties }] of ofType(stage, 'AWS::Lambda::Function')) {
      const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: object };
      const names = Object.keys(Variables);
      expect(
        names.filter((one) => /TOKEN$|PASSWORD|AUTH$/.test(one)),
        id,
      ).toEqual([]);
    }
  });

  it('is made of the parts that its summary lists', () => {
    const counts = new Map<string, number>();
    for (const { Type } of stage.resources.values()) counts.set(Type, (counts.get(Type) ?? 0) + 1);
    const named = [...queues, ...ofType(stage, 'AWS::Lambda::Function'), ...alarms].map(
      ([, { Properties }]) =>
        Properties['QueueName'] ?? Properties['FunctionName'] ?? Properties['AlarmName'],
    );
    expect({ counts: Object.fromEntries([...counts].sort()), named: named.sort() }).toMatchSnapshot();
  });
});

describe("AWS's own checks", () => {
  it('stop the synthesis at a finding that nobody accepted', () => {
    const plant = (app: App): Bucket => new Bucket(new Stack(app, 'planted'), 'WithoutTls');
    expect(() => synthesise('dev', plant)).toThrow(/planted\/WithoutTls[^]*AwsSolutions-S10/);
  });
});
