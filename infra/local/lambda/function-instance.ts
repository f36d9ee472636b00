import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';

import { monotonicMs } from '#infra/local/clock/shared-time.ts';
import type {
  FunctionThreadData,
  InvocationFailure,
  InvocationRequest,
  InvocationResult,
  ThreadMessage,
} from '#infra/local/lambda/invocation.ts';

export interface InstanceOptions {
  readonly thread: FunctionThreadData;
  readonly environment: Readonly<Record<string, string>>;
  /** The template's time-out, for the message. */
  readonly timeoutSeconds: number;
  /** Real time after which an invocation is ended. */
  readonly timeoutMs: number;
  readonly onLog: (line: string) => void;
}

/**
 * One execution environment: a worker thread with its own environment variables, module state and heap.
 * A thread and not a process, because it takes a quarter of the memory, reads the virtual clock from shared memory, dies
 * with the run, and can be ended at a time-out just as well. It is used for one invocation at a time.
 */
export class FunctionInstance {
  readonly #options: InstanceOptions;
  readonly #worker: Worker;
  #settle: ((result: InvocationResult) => void) | undefined;
  readonly #loading: Promise<InvocationFailure | undefined>;
  #ended: InvocationFailure | undefined;

  constructor(options: InstanceOptions) {
    this.#options = options;
    this.#worker = new Worker(new URL('function-thread.ts', import.meta.url), {
      workerData: options.thread,
      env: { ...options.environment },
      resourceLimits: { maxOldGenerationSizeMb: options.thread.memorySizeMb },
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) logLines(stream, options.onLog);
    const loaded = Promise.withResolvers<InvocationFailure | undefined>();
    this.#loading = loaded.promise;
    this.#worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'answered') this.#finish({ payload: message.payload, failure: message.failure });
      else loaded.resolve(message.kind === 'failed' ? message.failure : undefined);
    });
    const end = (failure: InvocationFailure): void => {
      this.#ended ??= failure;
      loaded.resolve(this.#ended);
      this.#finish({ payload: undefined, failure: this.#ended });
    };
    this.#worker.on('error', (error: unknown) => end(crashOf(error)));
    this.#worker.on('exit', (status) =>
      end({
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with error: exit status ${status}`,
        trace: [],
      }),
    );
  }

  /** Whether the thread has ended; the next invocation needs a new instance. */
  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  async invoke(event: string): Promise<InvocationResult> {
    const loadFailure = await this.#loading;
    if (loadFailure !== undefined) {
      this.#ended ??= loadFailure;
      await this.stop();
      return { payload: undefined, failure: loadFailure };
    }
    const { timeoutSeconds, timeoutMs } = this.#options;
    const requestId = randomUUID();
    const answered = new Promise<InvocationResult>((resolve) => (this.#settle = resolve));
    const timer = setTimeout(() => {
      const errorMessage = `${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.#ended = { errorType: 'Sandbox.Timedout', errorMessage, trace: [] };
      void this.#worker.terminate();
    }, timeoutMs);
    const request: InvocationRequest = { requestId, event, deadlineMs: monotonicMs() + timeoutMs };
    this.#worker.postMessage(request);
    const result = await answered;
    clearTimeout(timer);
    return result;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #finish(result: InvocationResult): void {
    this.#settle?.(result);
    this.#settle = undefined;
  }
}

function crashOf(error: unknown): InvocationFailure {
  if (!(error instanceof Error))
    return { errorType: 'Runtime.Unknown', errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}

function logLines(stream: NodeJS.ReadableStream, onLog: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLog(line);
  });
}
