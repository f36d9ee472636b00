import assert from 'node:assert/strict';
import { Duration, Stack } from 'aws-cdk-lib';
import {
  CfnApplication,
  CfnConfigurationProfile,
  CfnDeploymentStrategy,
  CfnEnvironment,
} from 'aws-cdk-lib/aws-appconfig';
import {
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  MathExpression,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { metricNamespace } from '#shared/contracts/metric-names.ts';
import type { Rollout } from '#shared/contracts/publishing.ts';
import { readsConfig } from '../build/built-functions.ts';
import { acceptFinding } from '../constructs/accepted-finding.ts';
import { OperatorAlarm } from '../constructs/operator-alarm.ts';
import { WorkerFunction } from '../constructs/worker-function.ts';
import { configNames } from './config-extension.ts';
import type { ServiceParts } from './service-parts.ts';

/** Alarms that speak against a configuration which is being rolled out, by the end of their names. */
const suspectAlarms = [
  'sms-dead',
  'email-dead',
  'call-dead',
  'plan-dead',
  'tick-failing',
  'receive-twilio-failing',
  'receive-payment-failing',
  'config-refused',
] as const;

/**
 * How a configuration reaches the functions without a deployment of code: AppConfig keeps its versions, has each judged by
 * `check-config`, hands a new one to a growing share of the containers, and takes it back when an alarm goes off.
 * Made after every other part, because it finds the functions that decide and the alarms that watch them.
 */
export class ConfigDelivery extends Construct {
  private readonly parts: ServiceParts;

  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    this.parts = parts;
    const names = configNames(parts.prefix);
    const readers = inStack(this, WorkerFunction).filter(({ functionName }) => readsConfig(functionName));
    this.watch();
    const application = new CfnApplication(this, 'Application', { name: names.application });
    const alarm = this.suspectAlarm();
    const environment = new CfnEnvironment(this, 'Environment', {
      applicationId: application.ref,
      name: names.environment,
      monitors: [{ alarmArn: alarm.alarmArn, alarmRoleArn: this.alarmRole().roleArn }],
    });
    const profile = new CfnConfigurationProfile(this, 'Profile', {
      applicationId: application.ref,
      name: names.profile,
      locationUri: 'hosted',
      type: 'AWS.Freeform',
      validators: [{ type: 'LAMBDA', content: this.validatorArn() }],
    });
    this.strategy('gradual', parts.settings.configRollout);
    this.strategy('at-once', { minutes: 0, growthPercent: 100, bakeMinutes: 0 });
    const resource = `application/${application.ref}/environment/${environment.ref}/configuration/${profile.ref}`;
    // A policy of its own: as part of a role it would make the function wait for the alarms that watch it.
    new Policy(this, 'Read', {
      roles: readers.map(({ role }) => role),
      statements: [
        new PolicyStatement({
          actions: ['appconfig:StartConfigurationSession', 'appconfig:GetLatestConfiguration'],
          resources: [Stack.of(this).formatArn({ service: 'appconfig', resource })],
        }),
      ],
    });
  }

  private strategy(
    rollout: Rollout,
    { minutes, growthPercent, bakeMinutes }: ServiceParts['settings']['configRollout'],
  ): void {
    new CfnDeploymentStrategy(this, rollout, {
      name: `${this.parts.prefix}-${rollout}`,
      replicateTo: 'NONE',
      growthType: 'LINEAR',
      growthFactor: growthPercent,
      deploymentDurationInMinutes: minutes,
      finalBakeTimeInMinutes: bakeMinutes,
    });
  }

  private validatorArn(): string {
    const { prefix, assetsDir, logRetention } = this.parts;
    const checker = new WorkerFunction(this, 'CheckConfig', {
      name: 'check-config',
      prefix,
      assetsDir,
      logRetention,
      environment: {},
    });
    checker.lambda.addPermission('Judge', {
      principal: new ServicePrincipal('appconfig.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
    });
    return checker.lambda.functionArn;
  }

  /** What containers say about the configuration they are given. */
  private watch(): void {
    const { prefix, alarms } = this.parts;
    // A sum over named metrics takes ten at most, and more functions than that decide.
    const counted = (metricName: string): MathExpression =>
      new MathExpression({
        expression: `SELECT SUM(${metricName}) FROM SCHEMA("${metricNamespace}", service)`,
        period: Duration.minutes(1),
      });
    const shared = {
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      tell: alarms,
    };
    new OperatorAlarm(this, 'Refused', {
      ...shared,
      alarmName: `${prefix}-config-refused`,
      impact:
        'A published configuration cannot be applied: containers go on by the last good one, new ones contact nobody.',
      runbook: 'config-refused',
      metric: counted('config_refused'),
      periods: 1,
    });
    new OperatorAlarm(this, 'Unreachable', {
      ...shared,
      alarmName: `${prefix}-config-unreachable`,
      impact:
        'Changes of the configuration do not reach some containers; new ones among them contact nobody.',
      runbook: 'config-unreachable',
      metric: counted('config_unreachable'),
      periods: 3,
    });
  }

  /** One alarm for all, because AppConfig watches no more than five. */
  private suspectAlarm(): CompositeAlarm {
    const { prefix } = this.parts;
    const alarms = inStack(this, OperatorAlarm);
    const suspects = suspectAlarms.map((ending) => {
      const found = alarms.find(({ alarmName }) => alarmName === `${prefix}-${ending}`);
      assert(found !== undefined, `there is no alarm ${prefix}-${ending}`);
      return found.alarm;
    });
    return new CompositeAlarm(this, 'Suspect', {
      compositeAlarmName: `${prefix}-config-suspect`,
      alarmDescription:
        'A configuration that is being rolled out is taken back. Runbook: docs/runbooks/config-suspect.md',
      alarmRule: AlarmRule.anyOf(...suspects.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
  }

  private alarmRole(): Role {
    const statement = new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] });
    const role = new Role(this, 'WatchRole', {
      assumedBy: new ServicePrincipal('appconfig.amazonaws.com'),
      inlinePolicies: { watch: new PolicyDocument({ statements: [statement] }) },
    });
    acceptFinding(role, {
      rule: 'IAM5[Resource::*]',
      reason: 'CloudWatch describes composite alarms only to those who may describe all.',
    });
    return role;
  }
}

function inStack<C extends Construct>(scope: Construct, kind: new (...args: never[]) => C): C[] {
  return Stack.of(scope)
    .node.findAll()
    .filter((one): one is C => one instanceof kind);
}
