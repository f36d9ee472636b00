import { FunctionInstance, type InstanceOptions } from '#infra/local/lambda/function-instance.ts';
import type { InvocationResult } from '#infra/local/lambda/invocation.ts';

/** More threads of one function than the machine has cores only take turns. */
const instancesMax = 2;

export interface FunctionStats {
  invocations: number;
  failures: number;
  /** Real time of all invocations together. */
  totalMs: number;
}

interface FunctionOptions extends InstanceOptions {
  /** Reserved concurrency in the template; 0 switches a function off. */
  readonly reservedConcurrency: number | undefined;
  readonly onInvoked: (result: InvocationResult, durationMs: number) => void;
}

interface Waiting {
  readonly event: string;
  readonly resolve: (result: InvocationResult) => void;
}

/** A function of the template: starts instances when they are needed and keeps them warm. */
export class LocalFunction {
  readonly name: string;
  readonly arn: string;
  /** How many invocations run at once at most. */
  readonly concurrencyMax: number;
  readonly stats: FunctionStats = { invocations: 0, failures: 0, totalMs: 0 };
  readonly #options: FunctionOptions;
  readonly #idle: FunctionInstance[] = [];
  readonly #instances = new Set<FunctionInstance>();
  readonly #waiting: Waiting[] = [];

  constructor(options: FunctionOptions) {
    this.#options = options;
    this.name = options.thread.functionName;
    this.arn = options.thread.functionArn;
    this.concurrencyMax = Math.min(instancesMax, options.reservedConcurrency ?? instancesMax);
  }

  /** Invokes with an event given as JSON text; waits for a free instance. Never rejects: a failure is part of the result. */
  invoke(event: string): Promise<InvocationResult> {
    if (this.concurrencyMax === 0) return Promise.resolve(throttled);
    return new Promise((resolve) => {
      this.#waiting.push({ event, resolve });
      this.#startNext();
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#instances].map((instance) => instance.stop()));
  }

  #startNext(): void {
    if (this.#waiting.length === 0) return;
    const instance = this.#takeIdle() ?? this.#newInstance();
    if (instance === undefined) return;
    const next = this.#waiting.shift();
    if (next !== undefined) void this.#run(instance, next);
  }

  #takeIdle(): FunctionInstance | undefined {
    for (let instance = this.#idle.pop(); instance !== undefined; instance = this.#idle.pop()) {
      if (!instance.hasEnded) return instance;
      this.#instances.delete(instance);
    }
    return undefined;
  }

  #newInstance(): FunctionInstance | undefined {
    if (this.#instances.size >= this.concurrencyMax) return undefined;
    const instance = new FunctionInstance(this.#options);
    this.#instances.add(instance);
    return instance;
  }

  async #run(instance: FunctionInstance, { event, resolve }: Waiting): Promise<void> {
    const startedAt = performance.now();
    const result = await instance.invoke(event);
    const durationMs = performance.now() - startedAt;
    if (instance.hasEnded) this.#instances.delete(instance);
    else this.#idle.push(instance);
    this.stats.invocations += 1;
    this.stats.totalMs += durationMs;
    if (result.failure !== undefined) this.stats.failures += 1;
    this.#options.onInvoked(result, durationMs);
    resolve(result);
    this.#startNext();
  }
}

const throttled: InvocationResult = {
  payload: undefined,
  failure: {
    errorType: 'TooManyRequestsException',
    errorMessage: 'Rate Exceeded: reserved concurrency is 0.',
    trace: [],
  },
};
