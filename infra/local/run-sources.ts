import { QueueSource } from '#infra/local/events/queue-source.ts';
import { type EventSourceMapping, readEventSourceMapping } from '#infra/local/events/event-source.ts';
import { StreamReader } from '#infra/local/events/stream-reader.ts';
import { StreamSource } from '#infra/local/events/stream-source.ts';
import type { Callers } from '#infra/local/gateway/callers.ts';
import { type AwsJsonCall, localAuthorization } from '#infra/local/gateway/aws-json.ts';
import type { SendToArn } from '#infra/local/lambda/async-invoker.ts';
import { accessKeyOf } from '#infra/local/lambda/function-environment.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { RunState } from '#infra/local/run-state.ts';
import type { Queues } from '#infra/local/sqs/queues.ts';
import type { LocalPlace } from '#infra/local/template/resource-names.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

interface SourceParts {
  readonly place: LocalPlace;
  readonly clock: VirtualClock;
  readonly state: RunState;
  readonly functions: ReadonlyMap<string, LocalFunction>;
  readonly callers: Callers;
  readonly queues: Queues;
  readonly dynamodb: AwsJsonCall;
  readonly streams: AwsJsonCall;
  readonly sendToArn: SendToArn;
  readonly onEvent: OnRunEvent;
}

/** The readers of each table's stream, to be woken when the table was written to. */
export type StreamSources = Map<string, StreamSource[]>;

/** Starts the template's event source mappings. Stream readers are entered into `streamSources` before they start. */
export async function startEventSources(
  resources: readonly StackResource[],
  streamSources: StreamSources,
  parts: SourceParts,
): Promise<void> {
  const queueSources: QueueSource[] = [];
  for (const resource of resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')) {
    const mapping = readEventSourceMapping(resource);
    const target = parts.functions.get(mapping.functionName);
    if (target === undefined || !mapping.enabled) continue;
    checkRole(mapping, parts);
    if (mapping.sourceArn.startsWith('arn:aws:sqs:')) {
      queueSources.push(new QueueSource({ ...parts, mapping, target, region: parts.place.region }));
    } else {
      const tableName = tableOf(mapping);
      const source = createStreamSource(tableName, mapping, { ...parts, target });
      streamSources.set(tableName, [...(streamSources.get(tableName) ?? []), source]);
    }
  }
  for (const source of [...streamSources.values()].flat()) await source.start();
  for (const source of queueSources) source.start();
}

function tableOf({ logicalId, sourceArn }: EventSourceMapping): string {
  const tableName = /:table\/([^/]+)\/stream\//.exec(sourceArn)?.[1];
  if (tableName === undefined)
    throw new Error(`${logicalId}: the local run reads queues and streams of tables, not ${sourceArn}.`);
  return tableName;
}

function createStreamSource(
  tableName: string,
  mapping: EventSourceMapping,
  parts: SourceParts & { readonly target: LocalFunction },
): StreamSource {
  const { dynamodb, streams, place, state, clock, sendToArn, onEvent, target } = parts;
  const reader = new StreamReader({
    dynamodb,
    streams,
    tableName,
    sourceArn: mapping.sourceArn,
    region: place.region,
  });
  return new StreamSource(reader, state, { mapping, target, clock, sendToArn, onEvent });
}

/** Lambda reads a source with the function's own role and refuses a mapping whose role may not. */
function checkRole(
  { logicalId, functionName, sourceArn }: EventSourceMapping,
  { callers, place }: SourceParts,
): void {
  const actions = sourceArn.startsWith('arn:aws:sqs:')
    ? ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
    : ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
  const caller = callers.find(localAuthorization(place.region, 'lambda', accessKeyOf(functionName)))?.caller;
  const refusal = caller?.refusal(actions.map((action) => ({ action, resource: sourceArn })));
  if (refusal !== undefined)
    throw new Error(
      `${logicalId}: the role of ${functionName} does not allow ${refusal.action} on ${refusal.resource}; AWS would refuse this event source mapping.`,
    );
}
