import { ConfigurationSet, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface MailEventsProps {
  readonly prefix: string;
  readonly key: IKey;
}

/** The configuration set that each e-mail names, so that SES tells what became of it. */
export class MailEvents extends Construct {
  readonly configurationSetName: string;
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: MailEventsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    const set = new ConfigurationSet(this, 'Set', {
      configurationSetName: props.prefix,
      reputationMetrics: true,
    });
    this.configurationSetName = set.configurationSetName;
    set.addEventDestination('Receipts', {
      destination: EventDestination.snsTopic(this.topic),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
  }

  /** The envelope stays on (no raw delivery): it carries SNS's signature, which the receiver checks. */
  deliverTo(queue: IQueue): void {
    this.topic.addSubscription(new SqsSubscription(queue));
  }
}
