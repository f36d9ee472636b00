import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { MailEvents } from './constructs/mail-events.ts';
import { PublicApi } from './constructs/public-api.ts';
import { ConfigDelivery } from './service/config-delivery.ts';
import { Experiments } from './service/experiments.ts';
import { InboundMail } from './service/inbound-mail.ts';
import { Intake } from './service/intake.ts';
import { Operations } from './service/operations.ts';
import { Payments } from './service/payments.ts';
import { Planning } from './service/planning.ts';
import { Portal } from './service/portal.ts';
import { Receipts } from './service/receipts.ts';
import { Sending } from './service/sending.ts';
import type { ServiceParts } from './service/service-parts.ts';
import type { StageSettings } from './stage-settings.ts';
import type { StateStack } from './state-stack.ts';

export interface ServiceStackProps extends StackProps {
  readonly prefix: string;
  readonly assetsDir: string;
  readonly settings: StageSettings;
  readonly state: StateStack;
}

/** Everything that works on the state and can be replaced at any time: functions, queues, doors, schedule, alarms. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { prefix, assetsDir, settings, state } = props;
    const logRetention = settings.logRetentionDays;
    const alarms = new Topic(this, 'Alarms', { masterKey: state.key, enforceSSL: true });
    // A topic with a policy of its own lets nobody publish who is not named in it.
    const conditions = { StringEquals: { 'aws:SourceAccount': this.account } };
    alarms.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com', { conditions }));
    if (settings.alarmEmail !== undefined) alarms.addSubscription(new EmailSubscription(settings.alarmEmail));
    const parts: ServiceParts = { prefix, assetsDir, settings, logRetention, state, alarms };

    const api = new PublicApi(this, 'Door', { prefix, logRetention, publicUrl: settings.publicUrl });
    const portalUrl = settings.portalUrl ?? api.publicUrl;
    const mail = new MailEvents(this, 'Mail', { prefix, key: state.key });
    const sending = new Sending(this, 'Sending', parts, {
      publicUrl: api.publicUrl,
      portalUrl,
      configurationSetName: mail.configurationSetName,
    });
    new Planning(this, 'Planning', parts, sending.queues);
    new Receipts(this, 'Receipts', parts, { api, mail });
    new Intake(this, 'Intake', parts, api);
    new Payments(this, 'Payments', parts, api);
    new Portal(this, 'Portal', parts, { api, portalUrl });
    if (settings.inboundMail !== undefined && state.mailBucket !== undefined) {
      const { domain } = settings.inboundMail;
      new InboundMail(this, 'InboundMail', parts, { domain, bucket: state.mailBucket });
    }
    new Experiments(this, 'Experiments', parts);
    new Operations(this, 'Operations', parts, api);
    // Last: it serves every function that decides, and watches their alarms.
    new ConfigDelivery(this, 'Config', parts);

    new CfnOutput(this, 'PublicUrl', { value: api.publicUrl });
  }
}
