import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { guardMetrics, metricNamespace } from '#shared/contracts/metric-names.ts';
import { OperatorAlarm, type OperatorText } from '../constructs/operator-alarm.ts';
import { guardEveryMinutes } from '../service-limits.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

const guard = 'guard-experiments';

/** Judges the experiments that run, and stops those in which people are driven away. */
export class Experiments extends Construct {
  private readonly parts: ServiceParts;

  constructor(scope: Construct, id: string, parts: ServiceParts) {
    super(scope, id);
    this.parts = parts;
    const { lambda } = addFunction(this, parts, guard, {});
    const every = Duration.minutes(guardEveryMinutes);
    new Rule(this, 'EachQuarter', {
      ruleName: `${parts.prefix}-${guard}`,
      schedule: Schedule.rate(every),
      // The next run sees everything that this one would have.
      targets: [new LambdaFunction(lambda, { retryAttempts: 0, maxEventAge: every })],
    });
    this.tellOf(guardMetrics.stopped, 'experiment-stopped', {
      impact: 'An experiment was stopped: too many people of a challenger opted out or complained.',
      runbook: 'experiment-stopped',
    });
    this.tellOf(guardMetrics.sampleRatioBroken, 'sample-ratio', {
      impact:
        'People are missing from an arm of an experiment or counted twice: its rates mislead whoever reads them.',
      runbook: 'sample-ratio',
    });
    new OperatorAlarm(this, 'Unguarded', {
      alarmName: `${parts.prefix}-${guard}-failing`,
      impact: 'Experiments run unguarded: one that drives people away would not be stopped.',
      runbook: 'guard-experiments-failing',
      metric: lambda.metricErrors({ period: every }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      tell: parts.alarms,
    });
  }

  /** An alarm on something that the guard counts. */
  private tellOf(metricName: string, name: string, text: OperatorText): void {
    new OperatorAlarm(this, metricName, {
      ...text,
      alarmName: `${this.parts.prefix}-${name}`,
      metric: new Metric({
        namespace: metricNamespace,
        metricName,
        dimensionsMap: { service: guard },
        statistic: 'Sum',
        period: Duration.minutes(guardEveryMinutes),
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      tell: this.parts.alarms,
    });
  }
}
