import { type EventSourceMapping, judgeBatch } from '#infra/local/events/event-source.ts';
import {
  type Json,
  type JsonObject,
  isJsonObject,
  listAt,
  objectAt,
  parseJson,
  textAt,
  textOf,
} from '#infra/local/json.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import { type Queues, emulatorAccount, queueNameOf } from '#infra/local/sqs/queues.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

const receiveMax = 10;
/** Pause after a receive that failed. */
const receiveAgainAfterMs = 1_000;

interface ReceivedMessage {
  readonly id: string;
  readonly receiptHandle: string;
  readonly record: JsonObject;
}

/**
 * A queue that invokes a function, as Lambda's poller does it: batches up to size or window, drops what the filters
 * do not match, deletes what succeeded, and leaves the rest to come back when its visibility ends.
 */
export class QueueSource {
  readonly #mapping: EventSourceMapping;
  readonly #target: LocalFunction;
  readonly #queues: Queues;
  readonly #clock: VirtualClock;
  readonly #region: string;
  readonly #queueName: string;
  readonly #queueUrl: string;
  readonly #concurrencyMax: number;
  #buffer: ReceivedMessage[] = [];
  #running = 0;
  #receiving = false;
  #wokenWhileReceiving = false;
  #cancelWindow: (() => void) | undefined;

  constructor(parts: {
    readonly mapping: EventSourceMapping;
    readonly target: LocalFunction;
    readonly queues: Queues;
    readonly clock: VirtualClock;
    readonly region: string;
  }) {
    this.#mapping = parts.mapping;
    this.#target = parts.target;
    this.#queues = parts.queues;
    this.#clock = parts.clock;
    this.#region = parts.region;
    this.#queueName = queueNameOf(parts.mapping.sourceArn.replaceAll(':', '/'));
    this.#queueUrl = `${parts.queues.endpoint}/${emulatorAccount}/${this.#queueName}`;
    this.#concurrencyMax = Math.min(parts.target.concurrencyMax, parts.mapping.concurrencyMax ?? Infinity);
  }

  start(): void {
    this.#queues.onReceivable(this.#queueName, () => this.#wake());
    this.#wake();
  }

  #wake(): void {
    if (this.#receiving) {
      this.#wokenWhileReceiving = true;
      return;
    }
    this.#receiving = true;
    this.#clock.run(() => this.#receiveAll());
  }

  /** Receives while there is a free slot to invoke in; a slot that becomes free wakes it again. */
  async #receiveAll(): Promise<void> {
    try {
      let mayHoldMore = true;
      while (mayHoldMore && this.#running < this.#concurrencyMax) {
        this.#wokenWhileReceiving = false;
        const isDrained = !(await this.#receiveOnce());
        mayHoldMore = !isDrained || this.#isWokenAgain();
      }
    } catch (error) {
      this.#clock.schedule(this.#clock.now() + receiveAgainAfterMs, () => this.#wake());
      throw error;
    } finally {
      this.#receiving = false;
    }
  }

  /** Whether there was anything to receive. */
  async #receiveOnce(): Promise<boolean> {
    const received = await this.#receive();
    this.#buffer.push(...(await this.#matching(received)));
    if (this.#buffer.length >= this.#mapping.batchSize) this.#invokeBuffer();
    else if (received.length === 0 && this.#buffer.length > 0) this.#waitOrInvoke();
    return received.length > 0;
  }

  #isWokenAgain(): boolean {
    return this.#wokenWhileReceiving;
  }

  /** No more messages now: without a batching window the batch goes as it is, else when the window ends. */
  #waitOrInvoke(): void {
    if (this.#mapping.windowMs === 0) {
      this.#invokeBuffer();
      return;
    }
    this.#cancelWindow ??= this.#clock.schedule(this.#clock.now() + this.#mapping.windowMs, () => {
      this.#invokeBuffer();
    });
  }

  #invokeBuffer(): void {
    this.#cancelWindow?.();
    this.#cancelWindow = undefined;
    const batch = this.#buffer.splice(0);
    if (batch.length === 0) return;
    this.#running += 1;
    this.#clock.run(() => this.#process(batch));
  }

  async #process(batch: readonly ReceivedMessage[]): Promise<void> {
    try {
      const result = await this.#target.invoke(
        JSON.stringify({ Records: batch.map(({ record }) => record) }),
      );
      const ids = batch.map(({ id }) => id);
      const verdict = judgeBatch(result, ids, this.#mapping.reportsItemFailures);
      if (verdict.kind !== 'all')
        await this.#delete(batch.filter(({ id }) => verdict.kind === 'succeeded' || !verdict.failed.has(id)));
    } finally {
      this.#running -= 1;
      this.#wake();
    }
  }

  async #receive(): Promise<ReceivedMessage[]> {
    const request = {
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: Math.min(receiveMax, this.#mapping.batchSize - this.#buffer.length),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    };
    const answer = await this.#queues.call('ReceiveMessage', request);
    const messages = listAt(answer, 'Messages');
    this.#queues.noteReceived(this.#queueName, messages.length, this.#queues.visibilityMs(this.#queueName));
    return messages.map((message) => this.#received(message));
  }

  /** Messages which the filters do not match are deleted, as on AWS. */
  async #matching(messages: readonly ReceivedMessage[]): Promise<ReceivedMessage[]> {
    const matching = messages.filter(({ record }) => this.#mapping.matches(filterView(record)));
    await this.#delete(messages.filter((message) => !matching.includes(message)));
    return matching;
  }

  async #delete(messages: readonly ReceivedMessage[]): Promise<void> {
    for (let start = 0; start < messages.length; start += receiveMax) {
      const Entries = messages
        .slice(start, start + receiveMax)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await this.#queues.call('DeleteMessageBatch', { QueueUrl: this.#queueUrl, Entries });
    }
  }

  #received(message: Json): ReceivedMessage {
    const id = textAt(message, 'MessageId') ?? '';
    const receiptHandle = textAt(message, 'ReceiptHandle') ?? '';
    const record = {
      messageId: id,
      receiptHandle,
      body: textAt(message, 'Body') ?? '',
      attributes: objectAt(message, 'Attributes'),
      messageAttributes: lambdaAttributes(objectAt(message, 'MessageAttributes')),
      md5OfBody: textAt(message, 'MD5OfBody') ?? '',
      eventSource: 'aws:sqs',
      eventSourceARN: this.#mapping.sourceArn,
      awsRegion: this.#region,
    };
    return { id, receiptHandle, record };
  }
}

/** Lambda writes message attributes in lower camel case and with empty lists. */
function lambdaAttributes(attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      {
        stringValue: textAt(attribute, 'StringValue'),
        binaryValue: textAt(attribute, 'BinaryValue'),
        stringListValues: [],
        binaryListValues: [],
        dataType: textAt(attribute, 'DataType') ?? 'String',
      },
    ]),
  );
}

/** Filters look into a body that is JSON. */
function filterView(record: JsonObject): JsonObject {
  try {
    const body = parseJson(textOf(record['body']));
    return isJsonObject(body) ? { ...record, body } : record;
  } catch {
    return record;
  }
}
