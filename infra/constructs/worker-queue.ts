import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueRetentionDays, receiveCountMax, visibilityPerTimeout } from '../service-limits.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { OperatorText } from './operator-alarm.ts';

export interface WorkerQueueProps extends OperatorText {
  readonly queueName: string;
  readonly worker: IFunction;
  /** The worker's own time-out; the message stays hidden for six of them. */
  readonly workerTimeoutSeconds: number;
  /** Messages that one run gets. */
  readonly batchSize: number;
  /** Runs at the same time; bounds how fast a backlog reaches the provider. SQS allows 2 and more. */
  readonly concurrencyMax: number;
  readonly tell: ITopic;
}

/** A queue with its worker, dead-letter queue and alarm; a failed message returns alone, not with its whole batch. */
export class WorkerQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: WorkerQueueProps) {
    super(scope, id);
    const dead = new DeadLetterQueue(this, 'Dead', {
      queueName: `${props.queueName}-dead`,
      impact: props.impact,
      runbook: props.runbook,
      tell: props.tell,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      visibilityTimeout: Duration.seconds(visibilityPerTimeout * props.workerTimeoutSeconds),
      retentionPeriod: Duration.days(queueRetentionDays),
      deadLetterQueue: { queue: dead.queue, maxReceiveCount: receiveCountMax },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    props.worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize,
        maxConcurrency: props.concurrencyMax,
        reportBatchItemFailures: true,
      }),
    );
  }
}
