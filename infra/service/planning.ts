import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Channel } from '#shared/contracts/primitives.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { OperatorAlarm } from '../constructs/operator-alarm.ts';
import { WorkerQueue } from '../constructs/worker-queue.ts';
import type { WorkerFunction } from '../constructs/worker-function.ts';
import { planStream, timeoutSeconds } from '../service-limits.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';
import { streamFilters } from './stream-filters.ts';

/** `plan` gives each person a next wake-up when something about them changes; `tick` hands on those that are due. */
export class Planning extends Construct {
  private readonly parts: ServiceParts;

  constructor(scope: Construct, id: string, parts: ServiceParts, channels: Readonly<Record<Channel, Queue>>) {
    super(scope, id);
    this.parts = parts;
    const plan = addFunction(this, parts, 'plan', {});
    this.followStream(plan);
    const look = new WorkerQueue(this, 'Look', {
      queueName: `${parts.prefix}-look`,
      impact: 'Persons whose wake-up came are not looked at again: they hear nothing until it is found.',
      runbook: 'look-dead',
      worker: plan.lambda,
      workerTimeoutSeconds: timeoutSeconds.plan,
      batchSize: 10,
      concurrencyMax: 10,
      tell: parts.alarms,
    }).queue;
    this.tickEachMinute({ ...channels, look });
  }

  private followStream(plan: WorkerFunction): void {
    const { parts } = this;
    const dead = new DeadLetterQueue(this, 'PlanDead', {
      queueName: `${parts.prefix}-plan-dead`,
      impact:
        'Changes of some persons led to no decision: payments and opt-outs still stop contacts, but nothing new is planned.',
      runbook: 'plan-dead',
      tell: parts.alarms,
    });
    dead.queue.grantSendMessages(plan.role);
    plan.lambda.addEventSourceMapping('Stream', {
      eventSourceArn: parts.state.debtors.grantStream(plan.role),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: planStream.records,
      maxBatchingWindow: Duration.seconds(planStream.windowSeconds),
      parallelizationFactor: planStream.concurrentBatchesPerShard,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: planStream.retriesMax,
      maxRecordAge: Duration.hours(planStream.recordAgeHoursMax),
      onFailure: new SqsDlq(dead.queue),
      filters: streamFilters(),
    });
    new OperatorAlarm(this, 'PlanLate', {
      alarmName: `${parts.prefix}-plan-late`,
      impact: 'Decisions run more than five minutes behind what happens to accounts.',
      runbook: 'plan-late',
      metric: plan.lambda.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
      threshold: Duration.minutes(5).toMilliseconds(),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 3,
      tell: parts.alarms,
    });
  }

  private tickEachMinute(queues: Readonly<Record<Channel | 'look', Queue>>): void {
    const { parts } = this;
    const tick = addFunction(this, parts, 'tick', {
      SMS_QUEUE_URL: queues.sms.queueUrl,
      EMAIL_QUEUE_URL: queues.email.queueUrl,
      CALL_QUEUE_URL: queues.call.queueUrl,
      LOOK_QUEUE_URL: queues.look.queueUrl,
    });
    for (const queue of Object.values(queues)) queue.grantSendMessages(tick.role);
    new Rule(this, 'EachMinute', {
      ruleName: `${parts.prefix}-tick`,
      schedule: Schedule.rate(Duration.minutes(1)),
      // A minute that could not be handed over is not tried again: the next tick takes everything that is due.
      targets: [new LambdaFunction(tick.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
    new OperatorAlarm(this, 'TickStopped', {
      alarmName: `${parts.prefix}-tick-stopped`,
      impact: 'Nothing that is due is handed on: no contact at all happens.',
      runbook: 'tick-stopped',
      metric: tick.lambda.metricInvocations({ period: Duration.minutes(1) }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 5,
      missingIsBreaching: true,
      tell: parts.alarms,
    });
    new OperatorAlarm(this, 'TickFailing', {
      alarmName: `${parts.prefix}-tick-failing`,
      impact: 'Some contacts that are due are handed on late or not at all.',
      runbook: 'tick-failing',
      metric: tick.lambda.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 3,
      tell: parts.alarms,
    });
  }
}
