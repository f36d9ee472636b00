import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterRetentionDays } from '../service-limits.ts';
import { acceptFinding } from './accepted-finding.ts';
import { OperatorAlarm, type OperatorText } from './operator-alarm.ts';

export interface DeadLetterQueueProps extends OperatorText {
  readonly queueName: string;
  readonly tell: ITopic;
}

/** Where work ends that no worker could do, with the alarm that says so on its first message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      retentionPeriod: Duration.days(deadLetterRetentionDays),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    acceptFinding(this.queue, {
      rule: 'SQS3',
      reason: 'This is a dead-letter queue: what is in it waits for an operator.',
    });
    new OperatorAlarm(this, 'Filled', {
      alarmName: props.queueName,
      impact: props.impact,
      runbook: props.runbook,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      tell: props.tell,
    });
  }
}
