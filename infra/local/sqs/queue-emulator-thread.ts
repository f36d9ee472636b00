import { Server } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

import * as z from 'zod';

import { correctEmulatorStorage } from '#infra/local/sqs/emulator-storage.ts';
import { installVirtualDate } from '#infra/local/clock/virtual-date.ts';

/**
 * The thread in which the queue emulator lives. It reads the time from `Date.now` only, for delays, visibility and
 * deduplication alike, so giving this thread a virtual `Date` before the emulator is loaded makes all of them follow
 * the virtual clock. Its own timers serve long polling only, which the local run does not use.
 */
const ThreadDataSchema = z.object({
  cell: z.instanceof(SharedArrayBuffer),
  region: z.string(),
  dataDir: z.string().optional(),
  queues: z.array(z.object({ name: z.string(), attributes: z.record(z.string(), z.string()) })),
  buckets: z.array(z.string()),
});
export type QueueEmulatorData = z.infer<typeof ThreadDataSchema>;

const data = ThreadDataSchema.parse(workerData);
installVirtualDate(data.cell);
listenOnLoopbackOnly();
correctEmulatorStorage();

const { startFauxqs } = await import('fauxqs');
const server = await startFauxqs({
  port: 0,
  logger: false,
  defaultRegion: data.region,
  init: { region: data.region, queues: data.queues, buckets: data.buckets },
  ...(data.dataDir === undefined ? {} : { dataDir: data.dataDir }),
});
parentPort?.postMessage({ port: server.port });

/** The emulator listens on all interfaces and has no option for it; nobody else on the network shall reach the queues. */
function listenOnLoopbackOnly(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the server on which it is called
  const { listen } = Server.prototype;
  Reflect.set(
    Server.prototype,
    'listen',
    function (this: Server, options: object, ...rest: unknown[]): unknown {
      const server: unknown = Reflect.apply(listen, this, [{ ...options, host: '127.0.0.1' }, ...rest]);
      return server;
    },
  );
}
