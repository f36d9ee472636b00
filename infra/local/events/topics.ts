import { type KeyObject, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

import type { DeliverToArn } from '#infra/local/events/schedules.ts';
import { type JsonObject, isJsonObject, textAt, textOf } from '#infra/local/json.ts';
import { queueNameOf, type Queues } from '#infra/local/sqs/queues.ts';
import { type LocalPlace, resourceRef } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

const certificatePath = '/SimpleNotificationService-local.pem';

/** Topics that sign what they deliver, as SNS does, with a key made at start. */
export class Topics {
  /** The file that proves the signatures, served by the gateway. */
  readonly certificate: { readonly path: string; readonly pem: string };
  readonly #privateKey: KeyObject;
  readonly #topics: ReadonlyMap<string, StackResource>;
  readonly #subscriptions: readonly StackResource[];
  readonly #clock: VirtualClock;
  readonly #queues: Queues;
  readonly #deliver: DeliverToArn;
  readonly #gatewayUrl: string;

  constructor(parts: {
    readonly resources: readonly StackResource[];
    readonly clock: VirtualClock;
    readonly queues: Queues;
    readonly deliver: DeliverToArn;
    readonly gatewayUrl: string;
    readonly place: LocalPlace;
  }) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    this.#privateKey = privateKey;
    this.certificate = {
      path: certificatePath,
      pem: String(publicKey.export({ type: 'spki', format: 'pem' })),
    };
    const topics = parts.resources.filter(({ type }) => type === 'AWS::SNS::Topic');
    this.#topics = new Map(topics.map((topic) => [resourceRef(topic, parts.place), topic]));
    this.#subscriptions = parts.resources.filter(({ type }) => type === 'AWS::SNS::Subscription');
    this.#clock = parts.clock;
    this.#queues = parts.queues;
    this.#deliver = parts.deliver;
    this.#gatewayUrl = parts.gatewayUrl;
  }

  /** Publishes to every subscribed function and queue; resolves to the message's id. A topic is named by ARN, name or logical id. */
  async publish(topicId: string, message: string, subject?: string): Promise<string> {
    const found = [...this.#topics].find(([arn, { name, logicalId }]) =>
      [arn, name, logicalId].includes(topicId),
    );
    if (found === undefined) throw new Error(`The template has no topic ${topicId}.`);
    const [topicArn, topic] = found;
    const envelope = this.#envelope(topic, { topicArn, message, subject });
    for (const { logicalId, properties } of this.#subscriptions) {
      if (textAt(properties, 'TopicArn') !== topicArn) continue;
      const endpoint = textAt(properties, 'Endpoint') ?? '';
      const protocol = textAt(properties, 'Protocol');
      if (protocol === 'lambda')
        await this.#deliver(endpoint, lambdaEvent(envelope, `${topicArn}:${logicalId}`));
      if (protocol === 'sqs') {
        const body = isRaw(properties) ? message : JSON.stringify(envelope);
        await this.#queues.send(queueNameOf(endpoint.replaceAll(':', '/')), body);
      }
    }
    return textOf(envelope['MessageId']);
  }

  #envelope(
    topic: StackResource,
    { topicArn, message, subject }: { topicArn: string; message: string; subject: string | undefined },
  ): JsonObject {
    const version = textOf(topic.properties['SignatureVersion'] ?? '1');
    const content = {
      Type: 'Notification',
      MessageId: randomUUID(),
      TopicArn: topicArn,
      ...(subject === undefined ? {} : { Subject: subject }),
      Message: message,
      Timestamp: new Date(this.#clock.now()).toISOString(),
    };
    return {
      ...content,
      SignatureVersion: version,
      Signature: this.#sign(content, version),
      SigningCertURL: `${this.#gatewayUrl}${certificatePath}`,
      UnsubscribeURL: `${this.#gatewayUrl}/?Action=Unsubscribe`,
    };
  }

  /** (SNS Developer Guide, "Verifying the signatures": names and values in alphabetical order, each on a line.) */
  #sign(content: Readonly<Record<string, string>>, version: string): string {
    const signed = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      .filter((name) => content[name] !== undefined)
      .map((name) => `${name}\n${content[name] ?? ''}\n`);
    return createSign(version === '2' ? 'RSA-SHA256' : 'RSA-SHA1')
      .update(signed.join(''))
      .sign(this.#privateKey, 'base64');
  }
}

/** What of a subscription the local run cannot do, for the list that is printed at start. */
export function subscriptionLimits({ logicalId, type, properties }: StackResource): string[] {
  const protocol = textAt(properties, 'Protocol') ?? '';
  if (protocol !== 'lambda' && protocol !== 'sqs') return [`${type} ${logicalId}: protocol ${protocol}`];
  return isJsonObject(properties['FilterPolicy'])
    ? [`${type} ${logicalId}: FilterPolicy (every message passes)`]
    : [];
}

function isRaw(properties: JsonObject): boolean {
  return textOf(properties['RawMessageDelivery']) === 'true';
}

/** A function's event spells the two addresses differently. (Lambda Developer Guide, "Process SNS notifications".) */
function lambdaEvent(
  { SigningCertURL, UnsubscribeURL, ...message }: JsonObject,
  subscriptionArn: string,
): JsonObject {
  const Sns = {
    ...message,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
    MessageAttributes: {},
  };
  return {
    Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns }],
  };
}
