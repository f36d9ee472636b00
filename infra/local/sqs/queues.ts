import { Worker } from 'node:worker_threads';

import type { VirtualClock } from '#infra/local/virtual-clock.ts';
import { type AwsJsonCall, awsJsonCaller } from '#infra/local/gateway/aws-json.ts';
import { exchange } from '#infra/local/http/http-client.ts';
import {
  type JsonObject,
  isJsonArray,
  isJsonObject,
  parseJson,
  parseJsonObject,
  textAt,
  textOf,
} from '#infra/local/json.ts';
import type { QueueEmulatorData } from '#infra/local/sqs/queue-emulator-thread.ts';
import {
  changeableAttributes,
  queueAttributes,
  queueVisibilityMs,
  receivableAfterMs,
  receivableInstants,
} from '#infra/local/sqs/queue-settings.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

const startTimeoutMs = 10_000;
/** The account in the emulator's ARNs. It cannot be chosen, so the whole run uses it. */
export const emulatorAccount = '000000000000';

export interface QueueCounts {
  readonly ready: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** The local queues (and, from the same emulator, buckets) on the virtual clock. */
export interface Queues {
  readonly endpoint: string;
  readonly call: AwsJsonCall;
  /** Calls back whenever messages of the queue may have become receivable. */
  onReceivable(queueName: string, listener: () => void): void;
  /** Tells that a call on a queue succeeded, so that its receivers are woken now and when its delays end. */
  noteCall(operation: string, body: JsonObject): void;
  /** The same for a receive, which may also have filled the dead-letter queue. */
  noteReceived(queueName: string, messages: number, visibilityMs: number): void;
  send(queueName: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
  visibilityMs(queueName: string): number;
  counts(): Promise<Record<string, QueueCounts>>;
  /**
   * After a restart: gives the stored queues the template's settings, and notes when their messages become receivable,
   * which nobody did in this process.
   */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export async function startQueues(options: {
  readonly clock: VirtualClock;
  readonly region: string;
  readonly queues: readonly StackResource[];
  readonly buckets: readonly string[];
  readonly dataDir?: string | undefined;
}): Promise<Queues> {
  const { clock, region, dataDir } = options;
  const settings = new Map(options.queues.map((queue) => [queue.name, queueAttributes(queue)]));
  const workerData: QueueEmulatorData = {
    cell: clock.cell,
    region,
    ...(dataDir === undefined ? {} : { dataDir }),
    queues: [...settings].map(([name, attributes]) => ({ name, attributes })),
    buckets: [...options.buckets],
  };
  const worker = new Worker(new URL('queue-emulator-thread.ts', import.meta.url), { workerData });
  const endpoint = `http://127.0.0.1:${await portOf(worker)}`;
  return new EmulatedQueues({ clock, region, endpoint, settings, worker });
}

class EmulatedQueues implements Queues {
  readonly endpoint: string;
  readonly call: AwsJsonCall;
  readonly #clock: VirtualClock;
  readonly #settings: ReadonlyMap<string, Record<string, string>>;
  readonly #worker: Worker;
  readonly #listeners = new Map<string, (() => void)[]>();
  readonly #wakeUps = new Set<string>();

  constructor(parts: {
    readonly clock: VirtualClock;
    readonly region: string;
    readonly endpoint: string;
    readonly settings: ReadonlyMap<string, Record<string, string>>;
    readonly worker: Worker;
  }) {
    this.endpoint = parts.endpoint;
    this.#clock = parts.clock;
    this.#settings = parts.settings;
    this.#worker = parts.worker;
    this.call = awsJsonCaller({
      endpoint: parts.endpoint,
      region: parts.region,
      service: 'sqs',
      targetPrefix: 'AmazonSQS',
    });
  }

  onReceivable(queueName: string, listener: () => void): void {
    this.#listeners.set(queueName, [...(this.#listeners.get(queueName) ?? []), listener]);
  }

  noteCall(operation: string, body: JsonObject): void {
    const queueName = queueNameOf(textAt(body, 'QueueUrl') ?? '');
    const settings = this.#settings.get(queueName) ?? {};
    for (const delayMs of receivableAfterMs(operation, body, settings))
      this.#wakeAt(queueName, this.#clock.now() + delayMs);
    if (operation === 'ReceiveMessage') this.#wakeDeadLetterQueue(queueName);
  }

  noteReceived(queueName: string, messages: number, visibilityMs: number): void {
    if (messages > 0) this.#wakeAt(queueName, this.#clock.now() + visibilityMs);
    this.#wakeDeadLetterQueue(queueName);
  }

  async send(
    queueName: string,
    body: string,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );
    const request = {
      QueueUrl: this.#urlOf(queueName),
      MessageBody: body,
      MessageAttributes,
    };
    await this.call('SendMessage', request);
    this.noteCall('SendMessage', request);
  }

  visibilityMs(queueName: string): number {
    return queueVisibilityMs(this.#settings.get(queueName) ?? {});
  }

  async counts(): Promise<Record<string, QueueCounts>> {
    const { body } = await exchange({ method: 'GET', url: `${this.endpoint}/_fauxqs/queues`, headers: {} });
    const list = parseJson(body.toString());
    const counts: Record<string, QueueCounts> = {};
    for (const queue of isJsonArray(list) ? list.filter(isJsonObject) : [])
      counts[textOf(queue['name'])] = {
        ready: Number(queue['approximateMessageCount']),
        inFlight: Number(queue['approximateInflightCount']),
        delayed: Number(queue['approximateDelayedCount']),
      };
    return counts;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  async resume(): Promise<void> {
    for (const [name, attributes] of this.#settings) {
      await this.call('SetQueueAttributes', {
        QueueUrl: this.#urlOf(name),
        Attributes: changeableAttributes(attributes),
      });
      const { body } = await exchange({
        method: 'GET',
        url: `${this.endpoint}/_fauxqs/queues/${name}`,
        headers: {},
      });
      const { messages } = parseJsonObject(body.toString());
      for (const atMs of receivableInstants(messages)) this.#wakeAt(name, Math.max(atMs, this.#clock.now()));
    }
  }

  #urlOf(queueName: string): string {
    return `${this.endpoint}/${emulatorAccount}/${queueName}`;
  }

  #wakeDeadLetterQueue(queueName: string): void {
    const policy = this.#settings.get(queueName)?.['RedrivePolicy'];
    const target = policy === undefined ? undefined : textAt(parseJsonObject(policy), 'deadLetterTargetArn');
    if (target !== undefined) this.#wakeAt(queueNameOf(target.replaceAll(':', '/')), this.#clock.now());
  }

  /** Wakes the receivers of a queue at an instant, once, however many messages become receivable then. */
  #wakeAt(queueName: string, atMs: number): void {
    const listeners = this.#listeners.get(queueName);
    if (listeners === undefined) return;
    if (atMs <= this.#clock.now()) {
      for (const listener of listeners) listener();
      return;
    }
    const key = `${queueName} ${atMs}`;
    if (this.#wakeUps.has(key)) return;
    this.#wakeUps.add(key);
    this.#clock.schedule(atMs, () => {
      this.#wakeUps.delete(key);
      for (const listener of listeners) listener();
    });
  }
}

export function queueNameOf(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}

function portOf(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The local queues did not start within ${startTimeoutMs} ms.`));
    }, startTimeoutMs);
    worker.once('error', reject);
    worker.once('message', ({ port }: { port: number }) => {
      clearTimeout(timer);
      resolve(port);
    });
  });
}
