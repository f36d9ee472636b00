import { randomUUID } from 'node:crypto';
import type {
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQueueClient } from '#functions/_adapters/sqs/client.ts';
import { createWakeQueue } from '#functions/_adapters/sqs/wake-queue.ts';
import { WakeMessageSchema, type WakeFor } from '#shared/contracts/queue-message.ts';
import type { QueuedWake } from '#shared/ports/wake-queue.ts';
import { wake, wakeQueueSuite } from '#test/suites/wake-queue.suite.ts';

function clientFor(endpoint: string): SQSClient {
  return createQueueClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

/** Makes SQS refuse single messages of a batch, as it does under its own trouble; the emulator never has any. */
function refuseEntries(client: SQSClient, refuses: (wake: QueuedWake) => boolean): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as SendMessageBatchCommandInput;
      const entries = input.Entries ?? [];
      const refused = entries.filter((entry) => refuses(toWake(entry.MessageBody, entry.DelaySeconds)));
      const taken = entries.filter((entry) => !refused.includes(entry));
      const result = await next({ ...args, input: { ...input, Entries: taken } });
      const output = result.output as SendMessageBatchCommandOutput;
      output.Failed = refused.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
      return result;
    },
    { step: 'initialize' },
  );
}

function toWake(body: string | undefined, delaySeconds: number | undefined): QueuedWake {
  return { message: WakeMessageSchema.parse(JSON.parse(body!)), delaySeconds: delaySeconds! };
}

function queueUrlsOf(server: FauxqsServer): Record<WakeFor, string> {
  const create = () => server.createQueue(`wake-${randomUUID()}`).queueUrl;
  return { sms: create(), email: create(), call: create(), look: create() };
}

function messagesIn(server: FauxqsServer, queueUrl: string): QueuedWake[] {
  const { ready, delayed } = server.inspectQueue(queueUrl.split('/').at(-1)!)!.messages;
  return [...ready, ...delayed].map(({ body, sentTimestamp, delayUntil = sentTimestamp }) =>
    toWake(body, Math.round((delayUntil - sentTimestamp) / 1_000)),
  );
}

wakeQueueSuite('the wake queue on the local SQS', async () => {
  const server = await startFauxqs({ port: 0, logger: false });
  return {
    createQueue: () => {
      const client = clientFor(server.address);
      const queueUrls = queueUrlsOf(server);
      return Promise.resolve({
        queue: createWakeQueue({ client, queueUrls }),
        taken: (wakeFor) => messagesIn(server, queueUrls[wakeFor]),
        refuse: (refuses) => refuseEntries(client, refuses),
      });
    },
    stop: () => server.stop(),
  };
});

describe('a request that fails', () => {
  let server: FauxqsServer;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
  });
  afterAll(() => server.stop());

  it('is thrown when no other went through, so that a queue out of reach shows', async () => {
    const missing = `${server.address}/000000000000/missing`;
    const queue = createWakeQueue({
      client: clientFor(server.address),
      queueUrls: { sms: missing, email: missing, call: missing, look: missing },
    });
    await expect(queue.send([wake(1), wake(2, 'look')])).rejects.toThrow(/does not exist/);
  });

  it('counts as not taken when others went through', async () => {
    const queueUrls = { ...queueUrlsOf(server), look: `${server.address}/000000000000/missing` };
    const queue = createWakeQueue({ client: clientFor(server.address), queueUrls });
    expect(await queue.send([wake(1), wake(2, 'look')])).toEqual([wake(2, 'look')]);
    expect(messagesIn(server, queueUrls.sms)).toEqual([wake(1)]);
  });
});
