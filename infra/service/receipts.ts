import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  callStatusPath,
  messageStatusPath,
  smsPath,
  voicePath,
} from '#functions/_adapters/twilio/webhook-urls.ts';
import type { MailEvents } from '../constructs/mail-events.ts';
import { OperatorAlarm } from '../constructs/operator-alarm.ts';
import type { PublicApi } from '../constructs/public-api.ts';
import { WorkerQueue } from '../constructs/worker-queue.ts';
import { timeoutSeconds } from '../service-limits.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

/** What providers tell us afterwards: Twilio by signed webhooks, SES by signed notifications through a queue. */
export class Receipts extends Construct {
  constructor(
    scope: Construct,
    id: string,
    parts: ServiceParts,
    doors: { api: PublicApi; mail: MailEvents },
  ) {
    super(scope, id);
    this.fromTwilio(parts, doors.api);
    this.fromSes(parts, doors.mail);
  }

  private fromTwilio(parts: ServiceParts, api: PublicApi): void {
    const worker = addFunction(this, parts, 'receive-twilio', {
      TWILIO_TOKEN_SECRET_ID: parts.state.twilioToken.secretArn,
      PUBLIC_URL: api.publicUrl,
    });
    parts.state.grantSecret(worker.role, parts.state.twilioToken);
    const door = { worker: worker.lambda, access: 'signed_by_sender' } as const;
    for (const path of [messageStatusPath, callStatusPath, voicePath, smsPath]) {
      api.route({ ...door, method: HttpMethod.POST, path });
    }
    new OperatorAlarm(this, 'TwilioFailing', {
      alarmName: `${parts.prefix}-receive-twilio-failing`,
      impact:
        'Answered calls stay silent, what people write is not read, and outcomes of messages are lost: Twilio asks once more and then never.',
      runbook: 'receive-twilio-failing',
      metric: worker.lambda.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      tell: parts.alarms,
    });
  }

  private fromSes(parts: ServiceParts, mail: MailEvents): void {
    const worker = addFunction(this, parts, 'receive-ses', { SES_TOPIC_ARN: mail.topic.topicArn });
    const receipts = new WorkerQueue(this, 'Ses', {
      queueName: `${parts.prefix}-mail-receipts`,
      impact: 'Bounces and complaints are not taken in: mail may go on to addresses that must not get any.',
      runbook: 'mail-receipts-dead',
      worker: worker.lambda,
      workerTimeoutSeconds: timeoutSeconds['receive-ses'],
      batchSize: 10,
      concurrencyMax: 5,
      tell: parts.alarms,
    });
    mail.deliverTo(receipts.queue);
  }
}
