import { randomUUID } from 'node:crypto';

import { compileEventPattern } from '#infra/local/events/event-pattern.ts';
import { type DeliverToArn, ruleInput } from '#infra/local/events/schedules.ts';
import type { WrittenObject } from '#infra/local/gateway/service-handlers.ts';
import { type Json, type JsonObject, isJsonObject, listAt, objectAt, textAt } from '#infra/local/json.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

/** One configured notification of a bucket: to whom, for which events and keys. */
interface Notification {
  readonly bucket: string;
  readonly targetArn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

const createdEvent = 's3:ObjectCreated:Put';

/** Tells functions and queues of objects that were created in a bucket, directly and by rules of the default event bus. */
export class BucketNotifications {
  readonly #notifications: readonly Notification[];
  readonly #busBuckets: ReadonlySet<string>;
  readonly #rules: readonly {
    readonly targets: readonly Json[];
    readonly matches: (event: Json) => boolean;
  }[];
  readonly #place: LocalPlace;
  readonly #clock: VirtualClock;
  readonly #deliver: DeliverToArn;

  constructor(parts: {
    readonly resources: readonly StackResource[];
    readonly place: LocalPlace;
    readonly clock: VirtualClock;
    readonly deliver: DeliverToArn;
  }) {
    const configurations = parts.resources.flatMap(bucketConfiguration);
    this.#notifications = configurations.flatMap(({ bucket, configuration }) =>
      readNotifications(bucket, configuration),
    );
    this.#busBuckets = new Set(
      configurations
        .filter(({ configuration }) => 'EventBridgeConfiguration' in configuration)
        .map(({ bucket }) => bucket),
    );
    this.#rules = parts.resources
      .filter(
        ({ type, properties }) => type === 'AWS::Events::Rule' && isJsonObject(properties['EventPattern']),
      )
      .map(({ properties }) => ({
        targets: listAt(properties, 'Targets'),
        matches: compileEventPattern(objectAt(properties, 'EventPattern')),
      }));
    this.#place = parts.place;
    this.#clock = parts.clock;
    this.#deliver = parts.deliver;
  }

  async created(object: WrittenObject): Promise<void> {
    const record = this.#record(object);
    for (const notification of this.#notifications)
      if (concerns(notification, object)) await this.#deliver(notification.targetArn, { Records: [record] });
    if (!this.#busBuckets.has(object.bucket)) return;
    const event = this.#busEvent(object);
    for (const rule of this.#rules.filter(({ matches }) => matches(event)))
      for (const target of rule.targets)
        await this.#deliver(textAt(target, 'Arn') ?? '', ruleInput(target, event));
  }

  /** (S3 User Guide, "Event message structure".) */
  #record({ bucket, key, sizeBytes, eTag }: WrittenObject): JsonObject {
    return {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: this.#place.region,
      eventTime: new Date(this.#clock.now()).toISOString(),
      eventName: createdEvent.slice('s3:'.length),
      s3: {
        s3SchemaVersion: '1.0',
        bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
        // Keys are form-encoded in these events, but for their slashes.
        object: {
          key: new URLSearchParams({ key }).toString().slice('key='.length).replaceAll('%2F', '/'),
          size: sizeBytes,
          eTag,
        },
      },
    };
  }

  #busEvent({ bucket, key, sizeBytes, eTag }: WrittenObject): JsonObject {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: this.#place.account,
      time: new Date(this.#clock.now()).toISOString(),
      region: this.#place.region,
      resources: [`arn:aws:s3:::${bucket}`],
      detail: {
        version: '0',
        bucket: { name: bucket },
        object: { key, size: sizeBytes, etag: eTag },
        reason: 'PutObject',
      },
    };
  }
}

/** Whom a bucket, or CDK's custom resource for it, notifies directly. */
export function notifiedArns(resource: StackResource): string[] {
  return bucketConfiguration(resource)
    .flatMap(({ bucket, configuration }) => readNotifications(bucket, configuration))
    .map(({ targetArn }) => targetArn);
}

/** A bucket's configuration: of the bucket itself, or of the custom resource by which CDK sets it. */
function bucketConfiguration({
  type,
  name,
  properties,
}: StackResource): { bucket: string; configuration: JsonObject }[] {
  const configuration = objectAt(properties, 'NotificationConfiguration');
  if (type === 'AWS::S3::Bucket') return [{ bucket: name, configuration }];
  return type === 'Custom::S3BucketNotifications'
    ? [{ bucket: textAt(properties, 'BucketName') ?? '', configuration }]
    : [];
}

function readNotifications(bucket: string, configuration: JsonObject): Notification[] {
  const kinds = [
    ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
    ['QueueConfigurations', 'QueueArn'],
    // CloudFormation's own resource spells them otherwise than the API.
    ['LambdaConfigurations', 'Function'],
    ['QueueConfigurations', 'Queue'],
  ] as const;
  return kinds.flatMap(([list, target]) =>
    listAt(configuration, list).flatMap((entry) => {
      const targetArn = textAt(entry, target);
      return targetArn === undefined ? [] : [readNotification(bucket, targetArn, entry)];
    }),
  );
}

function readNotification(bucket: string, targetArn: string, entry: Json): Notification {
  const single = textAt(entry, 'Event');
  const filter = objectAt(entry, 'Filter');
  const rules = [
    ...listAt(objectAt(filter, 'Key'), 'FilterRules'),
    ...listAt(objectAt(filter, 'S3Key'), 'Rules'),
  ];
  const ruleValue = (name: string): string =>
    textAt(
      rules.find((rule) => textAt(rule, 'Name')?.toLowerCase() === name),
      'Value',
    ) ?? '';
  const events = single === undefined ? listAt(entry, 'Events').map(String) : [single];
  return { bucket, targetArn, events, prefix: ruleValue('prefix'), suffix: ruleValue('suffix') };
}

function concerns({ bucket, events, prefix, suffix }: Notification, object: WrittenObject): boolean {
  return (
    bucket === object.bucket &&
    events.some((event) => event === createdEvent || event === 's3:ObjectCreated:*') &&
    object.key.startsWith(prefix) &&
    object.key.endsWith(suffix)
  );
}
