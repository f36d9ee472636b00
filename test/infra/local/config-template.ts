import type { JsonObject } from '#infra/local/json.ts';
import { allow, arnOf, mayInvoke, type TestTemplate } from '#test/infra/local/test-template.ts';

const application = 'dunwell-dev';
export const configPath = `/applications/${application}/environments/live/configurations/bundle`;
/** The alarm that takes a deployment back, and one of those that it follows. */
export const suspectAlarm = 'dunwell-dev-config-suspect';
export const deadLetterAlarm = 'dunwell-dev-sms-dead';

const asking = `
import http from 'node:http';
export const handler = () => new Promise((resolve, reject) => {
  const { AWS_APPCONFIG_EXTENSION_HTTP_PORT: port, CONFIG_PATH: path } = process.env;
  http.get({ host: 'localhost', port, path, agent: false }, (response) => {
    let text = '';
    response.on('data', (chunk) => (text += chunk));
    response.on('end', () => resolve({ status: response.statusCode, label: response.headers['configuration-version'], text }));
  }).on('error', reject);
});`;

/** Refuses what says that it is wrong. */
const judging = `
export const handler = async ({ content }) => {
  const text = Buffer.from(content, 'base64').toString();
  if (text.includes('wrong')) throw new Error('limits.pace: is missing; add it');
};`;

const layer = 'arn:aws:lambda:us-east-1:027255383542:layer:AWS-AppConfig-Extension-Arm64:46';
const resource = {
  'Fn::Sub':
    'arn:aws:appconfig:${AWS::Region}:${AWS::AccountId}:application/${App}/environment/${Live}/configuration/${Profile}',
};

/** A function that asks its extension, and what it may do. */
function reader(statements: readonly JsonObject[]) {
  const environment = { CONFIG_PATH: configPath, AWS_APPCONFIG_EXTENSION_POLL_INTERVAL_SECONDS: '15' };
  return { code: asking, environment, statements, properties: { Layers: [layer] } };
}

const mayRead = allow(['appconfig:StartConfigurationSession', 'appconfig:GetLatestConfiguration'], resource);

function strategy(name: string, minutes: number, growth: number, bakeMinutes: number): JsonObject {
  return {
    Type: 'AWS::AppConfig::DeploymentStrategy',
    Properties: {
      Name: `${application}-${name}`,
      GrowthType: 'LINEAR',
      GrowthFactor: growth,
      DeploymentDurationInMinutes: minutes,
      FinalBakeTimeInMinutes: bakeMinutes,
    },
  };
}

/** AppConfig as our template has it, with functions that tell what they get. */
export const configTemplate: TestTemplate = {
  functions: {
    ReaderA: reader([mayRead]),
    ReaderB: reader([mayRead]),
    ReaderC: reader([mayRead]),
    ReaderD: reader([mayRead]),
    Stranger: reader([]),
    Judge: { code: judging },
  },
  resources: {
    App: { Type: 'AWS::AppConfig::Application', Properties: { Name: application } },
    Live: {
      Type: 'AWS::AppConfig::Environment',
      Properties: {
        ApplicationId: { Ref: 'App' },
        Name: 'live',
        Monitors: [{ AlarmArn: arnOf('Suspect'), AlarmRoleArn: 'arn:aws:iam::000000000000:role/watch' }],
      },
    },
    Profile: {
      Type: 'AWS::AppConfig::ConfigurationProfile',
      Properties: {
        ApplicationId: { Ref: 'App' },
        Name: 'bundle',
        LocationUri: 'hosted',
        Validators: [{ Type: 'LAMBDA', Content: arnOf('Judge') }],
      },
    },
    Gradual: strategy('gradual', 20, 25, 10),
    AtOnce: strategy('at-once', 0, 100, 0),
    Dead: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: deadLetterAlarm } },
    Suspect: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: {
        AlarmName: suspectAlarm,
        AlarmRule: { 'Fn::Sub': '(ALARM("${Dead.Arn}") OR ALARM("dunwell-dev-call-dead"))' },
      },
    },
    MayJudge: mayInvoke('appconfig.amazonaws.com', 'Judge'),
  },
};
