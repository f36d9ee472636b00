import { type Json, type JsonObject, isJsonObject, listAt, textOf } from '#infra/local/json.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** A queue's attributes as the service has them: all are text. */
type QueueAttributes = Readonly<Record<string, string>>;

const secondMs = 1_000;
const defaultVisibilitySeconds = 30;

const attributeNames = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'FifoQueue',
  'ContentBasedDeduplication',
  'RedrivePolicy',
];

export function queueAttributes({ properties }: StackResource): QueueAttributes {
  const given = attributeNames.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, textOf(properties[name])]));
}

/** Whether a queue is a FIFO queue is fixed when it is made. */
export function changeableAttributes({ FifoQueue: _fixed, ...attributes }: QueueAttributes): QueueAttributes {
  return attributes;
}

export function queueVisibilityMs(attributes: QueueAttributes): number {
  return Number(attributes['VisibilityTimeout'] ?? defaultVisibilitySeconds) * secondMs;
}

/** How long after a successful call its messages become receivable: after their delay, or when their visibility ends. */
export function receivableAfterMs(
  operation: string,
  body: JsonObject,
  attributes: QueueAttributes,
): number[] {
  switch (operation) {
    case 'SendMessage':
      return [delayMs(body, attributes)];
    case 'SendMessageBatch':
      return listAt(body, 'Entries').map((entry) => delayMs(entry, attributes));
    case 'ReceiveMessage': {
      const seconds = body['VisibilityTimeout'];
      return [typeof seconds === 'number' ? seconds * secondMs : queueVisibilityMs(attributes)];
    }
    case 'ChangeMessageVisibility':
      return [Number(body['VisibilityTimeout']) * secondMs];
    case 'ChangeMessageVisibilityBatch':
      return listAt(body, 'Entries').map((entry) =>
        isJsonObject(entry) ? Number(entry['VisibilityTimeout']) * secondMs : 0,
      );
    default:
      return [];
  }
}

/** The instants at which the messages of the emulator's queue inspection become receivable; 0 for those that are. */
export function receivableInstants(messages: Json | undefined): number[] {
  const instants = (state: string, field: string): number[] =>
    listAt(messages, state).map((message) => Number(isJsonObject(message) ? (message[field] ?? 0) : 0));
  return [
    ...instants('ready', ''),
    ...instants('delayed', 'delayUntil'),
    ...instants('inflight', 'visibilityDeadline'),
  ];
}

function delayMs(message: Json, attributes: QueueAttributes): number {
  const own = isJsonObject(message) ? message['DelaySeconds'] : undefined;
  return Number(own ?? attributes['DelaySeconds'] ?? 0) * secondMs;
}
