import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

import { installVirtualDate } from '#infra/local/clock/virtual-date.ts';
import { monotonicMs } from '#infra/local/clock/shared-time.ts';
import type {
  FunctionThreadData,
  InvocationFailure,
  InvocationRequest,
  ThreadMessage,
} from '#infra/local/lambda/invocation.ts';

/** One execution environment of a function: its bundle is loaded once, then it serves one invocation after another. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- function-instance.ts, the only starter, passes this type
const data: FunctionThreadData = workerData;

type Handler = (event: unknown, context: unknown) => unknown;

installVirtualDate(data.cell);
try {
  const handler = await loadHandler();
  parentPort?.on('message', (request: InvocationRequest) => void answer(handler, request));
  post({ kind: 'loaded' });
} catch (error) {
  post({ kind: 'failed', failure: failureOf(error) });
}

async function answer(handler: Handler, { requestId, event, deadlineMs }: InvocationRequest): Promise<void> {
  try {
    const result = await handler(JSON.parse(event), contextOf(requestId, deadlineMs));
    post({ kind: 'answered', requestId, payload: JSON.stringify(result), failure: undefined });
  } catch (error) {
    post({ kind: 'answered', requestId, payload: undefined, failure: failureOf(error) });
  }
}

async function loadHandler(): Promise<Handler> {
  const dot = data.handler.lastIndexOf('.');
  const [file, exported] = [data.handler.slice(0, dot), data.handler.slice(dot + 1)];
  const found = ['.mjs', '.js', '.cjs']
    .map((ending) => path.join(data.folder, file + ending))
    .find(existsSync);
  if (found === undefined)
    throw new Error(`Cannot find module '${file}' in the asset of ${data.functionName}`);
  const module: unknown = await import(pathToFileURL(found).href);
  const handler: unknown = isRecord(module) ? module[exported] : undefined;
  if (typeof handler !== 'function') throw new Error(`${data.handler} is undefined or not exported`);
  return (event, context): unknown => Reflect.apply(handler, undefined, [event, context]);
}

function contextOf(requestId: string, deadlineMs: number): object {
  return {
    awsRequestId: requestId,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memorySizeMb),
    logGroupName: `/aws/lambda/${data.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - monotonicMs())),
  };
}

function failureOf(error: unknown): InvocationFailure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}
