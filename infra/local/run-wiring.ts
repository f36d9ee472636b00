import { LocalAppConfig } from '#infra/local/appconfig/app-config.ts';
import { readConfigResources } from '#infra/local/appconfig/config-resources.ts';
import { appConfigService } from '#infra/local/appconfig/control-plane.ts';
import { Alarms } from '#infra/local/cloudwatch/alarms.ts';
import { cloudwatchService } from '#infra/local/cloudwatch/cloudwatch-service.ts';
import { BucketNotifications } from '#infra/local/events/bucket-notifications.ts';
import { type DeliverToArn, readSchedules, startSchedule } from '#infra/local/events/schedules.ts';
import { Topics } from '#infra/local/events/topics.ts';
import type { Callers } from '#infra/local/gateway/callers.ts';
import {
  type LocalSecret,
  authorizer,
  dynamodbService,
  s3Service,
  secretsService,
  sesService,
  snsService,
  sqsService,
} from '#infra/local/gateway/service-handlers.ts';
import { functionNameOf } from '#infra/local/lambda/function-name.ts';
import { AsyncInvoker } from '#infra/local/lambda/async-invoker.ts';
import type { Backends } from '#infra/local/run-backends.ts';
import type { Entrances } from '#infra/local/run-entrances.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import { readAsyncConfigs } from '#infra/local/run-functions.ts';
import { type StreamSources, startEventSources } from '#infra/local/run-sources.ts';
import { queueNameOf } from '#infra/local/sqs/queues.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

interface WiringParts {
  readonly resources: readonly StackResource[];
  readonly clock: VirtualClock;
  readonly place: LocalPlace;
  readonly backends: Backends;
  readonly entrances: Entrances;
  readonly callers: Callers;
  readonly secrets: readonly LocalSecret[];
  readonly sesEndpoint: string | undefined;
  readonly onEvent: OnRunEvent;
}

/** Connects everything that sends events with everything that receives them, and starts it. Returns the topics. */
export async function wireEvents(parts: WiringParts): Promise<Topics> {
  const { resources, clock, place, backends, entrances, callers, onEvent } = parts;
  const { queues, state } = backends;
  const { functions, gateway, publicFiles } = entrances;
  const deliver: DeliverToArn = async (arn, event) => {
    if (arn.startsWith('arn:aws:lambda:')) asyncInvoker.accept(functionNameOf(arn), event);
    else await sendToArn(arn, JSON.stringify(event));
  };
  const sendToArn = async (
    arn: string,
    body: string,
    attributes?: Readonly<Record<string, string>>,
  ): Promise<void> => {
    if (arn.startsWith('arn:aws:sqs:'))
      await queues.send(queueNameOf(arn.replaceAll(':', '/')), body, attributes);
    else if (arn.startsWith('arn:aws:sns:')) await topics.publish(arn, body);
    else throw new Error(`The local run cannot send events to ${arn}.`);
  };
  const configs = readAsyncConfigs(resources);
  const asyncInvoker = new AsyncInvoker({ functions, configs, clock, state, sendToArn, onEvent });
  const topics = new Topics({ resources, place, clock, queues, deliver, gatewayUrl: gateway.url });
  publicFiles.set(topics.certificate.path, topics.certificate.pem);
  const notifications = new BucketNotifications({ resources, place, clock, deliver });
  const streamSources: StreamSources = new Map();
  registerServices(parts, { topics, notifications, streamSources });
  registerConfiguration(parts);
  const sourceParts = { ...backends, place, clock, functions, callers, sendToArn, onEvent };
  await startEventSources(resources, streamSources, sourceParts);
  await queues.resume();
  asyncInvoker.resume();
  for (const resource of resources)
    for (const schedule of readSchedules(resource, place, deliver)) startSchedule(schedule, clock);
  return topics;
}

function registerServices(
  { backends, entrances, place, clock, secrets, sesEndpoint, onEvent }: WiringParts,
  receivers: {
    readonly topics: Topics;
    readonly notifications: BucketNotifications;
    readonly streamSources: StreamSources;
  },
): void {
  const { services } = entrances;
  const { queues, dynamodbEndpoint } = backends;
  const { topics, notifications, streamSources } = receivers;
  const authorize = authorizer(onEvent);
  const onWritten = (tableName: string): void => {
    for (const source of streamSources.get(tableName) ?? []) source.wake();
  };
  services.set('dynamodb', dynamodbService({ endpoint: dynamodbEndpoint, place, authorize, onWritten }));
  const onCalled = queues.noteCall.bind(queues);
  services.set('sqs', sqsService({ endpoint: queues.endpoint, place, authorize, onCalled }));
  services.set('secretsmanager', secretsService(secrets, authorize));
  services.set('ses', sesService({ endpoint: sesEndpoint, place, authorize }));
  services.set('sns', snsService({ authorize, publish: topics.publish.bind(topics) }));
  const onCreated = (object: Parameters<typeof notifications.created>[0]): void => {
    clock.run(() => notifications.created(object));
  };
  services.set('s3', s3Service({ endpoint: queues.endpoint, authorize, onCreated }));
}

/** AppConfig and the alarms that it watches, where the template has them. */
function registerConfiguration({ resources, backends, entrances, place, clock, onEvent }: WiringParts): void {
  const { services, functions, extensions } = entrances;
  const { state } = backends;
  const authorize = authorizer(onEvent);
  const alarms = new Alarms(resources, place, state);
  services.set('monitoring', cloudwatchService({ alarms, place, authorize }));
  const template = readConfigResources(resources, place);
  if (template === undefined) return;
  const appConfig = new LocalAppConfig({ template, clock, state, functions, alarms, onEvent });
  services.set('appconfig', appConfigService({ appConfig, clock, place, authorize }));
  extensions.serve(appConfig);
}
