import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { OperatorAlarm } from '../constructs/operator-alarm.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

/** What people do while the machine runs, each by their own AWS identity: stop and resume contacts, and act for a person. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, api: PublicApi) {
    super(scope, id);
    const { lambda } = addFunction(this, parts, 'ops', {});
    const door = { worker: lambda, access: 'iam' } as const;
    api.route({ ...door, method: HttpMethod.GET, path: '/stops' });
    api.route({ ...door, method: HttpMethod.GET, path: '/stops/history' });
    api.route({ ...door, method: HttpMethod.PUT, path: '/stops/{stopId}' });
    api.route({ ...door, method: HttpMethod.DELETE, path: '/stops/{stopId}' });
    const work = addFunction(this, parts, 'work', {});
    api.route({
      worker: work.lambda,
      access: 'iam',
      method: HttpMethod.POST,
      path: '/debtors/{debtorId}/acts',
    });
    new OperatorAlarm(this, 'WorkFailing', {
      alarmName: `${parts.prefix}-work-failing`,
      impact: 'What agents took down for a person (a promise, a dispute, a hold) could not be written.',
      runbook: 'work-failing',
      metric: work.lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      tell: parts.alarms,
    });
    new OperatorAlarm(this, 'OpsFailing', {
      alarmName: `${parts.prefix}-ops-failing`,
      impact: 'Somebody tried to stop or resume contacts by the API and could not.',
      runbook: 'kill-switch',
      metric: lambda.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      tell: parts.alarms,
    });
  }
}
