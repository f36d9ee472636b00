import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { WorkerQueue } from '../constructs/worker-queue.ts';
import { timeoutSeconds } from '../service-limits.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

/** Folder of the mail bucket that SES writes to. */
export const mailPrefix = 'incoming/';

export interface InboundMailProps {
  /** Whose mail is taken in. */
  readonly domain: string;
  readonly bucket: Bucket;
}

/**
 * Mail that people write to us: SES checks it, keeps it as it came, and tells a function through a topic whose signature the
 * function checks. Nothing is taken in before somebody has made this rule set the account's active one (docs/deployment.md).
 */
export class InboundMail extends Construct {
  constructor(scope: Construct, id: string, parts: ServiceParts, { domain, bucket }: InboundMailProps) {
    super(scope, id);
    const { state, prefix } = parts;
    const topic = new Topic(this, 'Topic', { masterKey: state.key, enforceSSL: true });
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    topic.grantPublish(new ServicePrincipal('ses.amazonaws.com', { conditions }));
    const worker = addFunction(this, parts, 'receive-mail', {
      INBOUND_MAIL_DOMAIN: domain,
      MAIL_BUCKET_NAME: bucket.bucketName,
      MAIL_TOPIC_ARN: topic.topicArn,
    });
    state.grantMails(worker.role, bucket, mailPrefix);
    const { queue } = new WorkerQueue(this, 'Mails', {
      queueName: `${prefix}-mails`,
      impact:
        'What people wrote by e-mail is not heard: somebody who asked for no more e-mails may get some.',
      runbook: 'mails-dead',
      worker: worker.lambda,
      workerTimeoutSeconds: timeoutSeconds['receive-mail'],
      batchSize: 5,
      concurrencyMax: 5,
      tell: parts.alarms,
    });
    // The envelope stays on (no raw delivery): it carries SNS's signature.
    topic.addSubscription(new SqsSubscription(queue));
    state.admitMails(bucket, mailPrefix);
    const s3Action = { bucketName: bucket.bucketName, objectKeyPrefix: mailPrefix, topicArn: topic.topicArn };
    new ReceiptRuleSet(this, 'Rules', {
      receiptRuleSetName: prefix,
      rules: [
        {
          receiptRuleName: `${prefix}-take-in`,
          recipients: [domain],
          scanEnabled: true,
          tlsPolicy: TlsPolicy.REQUIRE,
          actions: [{ bind: () => ({ s3Action }) }],
        },
      ],
    });
  }
}
