import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { noDomain } from '#shared/contracts/environment.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import { WorkerQueue } from '../constructs/worker-queue.ts';
import type { WorkerFunction } from '../constructs/worker-function.ts';
import { timeoutSeconds } from '../service-limits.ts';
import { addFunction, type ServiceParts } from './service-parts.ts';

export interface SendingProps {
  readonly publicUrl: string;
  /** Origin of the pages that personal links open. */
  readonly portalUrl: string;
  readonly configurationSetName: string;
}

/** Twilio's REST interface. */
const twilioBaseUrl = 'https://api.twilio.com';

/** The three channels, each a queue of contacts that are due and the function that decides again and sends. */
export class Sending extends Construct {
  readonly queues: Readonly<Record<Channel, Queue>>;
  private readonly parts: ServiceParts;

  constructor(scope: Construct, id: string, parts: ServiceParts, props: SendingProps) {
    super(scope, id);
    this.parts = parts;
    const twilio = {
      TWILIO_ACCOUNT_SID: parts.settings.twilioAccountSid,
      TWILIO_TOKEN_SECRET_ID: parts.state.twilioToken.secretArn,
      TWILIO_BASE_URL: twilioBaseUrl,
      PUBLIC_URL: props.publicUrl,
    };
    const links = {
      LINK_SECRET_ID: parts.state.linkSecret.secretArn,
      PORTAL_URL: props.portalUrl,
    };
    const sms = addFunction(this, parts, 'send-sms', { ...twilio, ...links });
    const call = addFunction(this, parts, 'place-call', twilio);
    const email = addFunction(this, parts, 'send-email', {
      ...links,
      SES_CONFIGURATION_SET: props.configurationSetName,
      INBOUND_MAIL_DOMAIN: parts.settings.inboundMail?.domain ?? noDomain,
    });
    for (const worker of [sms, call]) parts.state.grantSecret(worker.role, parts.state.twilioToken);
    for (const worker of [sms, email]) parts.state.grantSecret(worker.role, parts.state.linkSecret);
    this.grantMail(email, props.configurationSetName);
    this.queues = {
      sms: this.channelQueue('sms', sms, {
        impact: 'Text messages that were due are not sent, or it is not known whether they were.',
        batchSize: 10,
        concurrencyMax: 10,
      }),
      email: this.channelQueue('email', email, {
        impact: 'E-mails that were due are not sent, or it is not known whether they were.',
        batchSize: 10,
        concurrencyMax: 10,
      }),
      // One call at a time in each run: calls leave at the pace that the account is allowed.
      call: this.channelQueue('call', call, {
        impact: 'Calls that were due are not placed, or it is not known whether they were.',
        batchSize: 1,
        concurrencyMax: 2,
      }),
    };
  }

  private channelQueue(
    channel: Channel,
    worker: WorkerFunction,
    props: { impact: string; batchSize: number; concurrencyMax: number },
  ): Queue {
    return new WorkerQueue(this, `${channel}Queue`, {
      ...props,
      queueName: `${this.parts.prefix}-${channel}`,
      runbook: `${channel}-dead`,
      worker: worker.lambda,
      workerTimeoutSeconds: timeoutSeconds[worker.functionName],
      tell: this.parts.alarms,
    }).queue;
  }

  /** Only from the verified domains, only with our configuration set. */
  private grantMail(email: WorkerFunction, configurationSetName: string): void {
    const stack = Stack.of(this);
    const ses = (resource: string): string => stack.formatArn({ service: 'ses', resource });
    email.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ses:SendRawEmail'],
        resources: [
          ...this.parts.settings.senderDomains.map((domain) => ses(`identity/${domain}`)),
          ses(`configuration-set/${configurationSetName}`),
        ],
      }),
    );
  }
}
