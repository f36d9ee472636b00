import { randomUUID } from 'node:crypto';

import type { InvocationResult } from '#infra/local/lambda/invocation.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import { type Json, parseJson } from '#infra/local/json.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { AcceptedEvent, RunState } from '#infra/local/run-state.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

const minuteMs = 60_000;
const defaultRetriesMax = 2;
const defaultEventAgeMaxMs = 6 * 60 * minuteMs;

/** How a function treats asynchronous events (AWS::Lambda::EventInvokeConfig and its DeadLetterConfig). */
export interface AsyncInvokeConfig {
  readonly retriesMax?: number | undefined;
  readonly eventAgeMaxMs?: number | undefined;
  readonly onSuccessArn?: string | undefined;
  readonly onFailureArn?: string | undefined;
  readonly deadLetterArn?: string | undefined;
}

/** Sends a record to a queue or topic by its ARN. */
export type SendToArn = (
  arn: string,
  body: string,
  attributes?: Readonly<Record<string, string>>,
) => Promise<void>;

/**
 * Asynchronous invocation as Lambda does it: the event is kept, tried, tried again one and two minutes later
 * (virtual time), and then goes to the failure destination. (Developer Guide, "Asynchronous invocation".)
 */
export class AsyncInvoker {
  readonly #functions: ReadonlyMap<string, LocalFunction>;
  readonly #configs: ReadonlyMap<string, AsyncInvokeConfig>;
  readonly #clock: VirtualClock;
  readonly #state: RunState;
  readonly #sendToArn: SendToArn;
  readonly #onEvent: OnRunEvent;

  constructor(parts: {
    readonly functions: ReadonlyMap<string, LocalFunction>;
    readonly configs: ReadonlyMap<string, AsyncInvokeConfig>;
    readonly clock: VirtualClock;
    readonly state: RunState;
    readonly sendToArn: SendToArn;
    readonly onEvent: OnRunEvent;
  }) {
    this.#functions = parts.functions;
    this.#configs = parts.configs;
    this.#clock = parts.clock;
    this.#state = parts.state;
    this.#sendToArn = parts.sendToArn;
    this.#onEvent = parts.onEvent;
  }

  accept(functionName: string, event: Json): void {
    const accepted = this.#state.acceptEvent(functionName, JSON.stringify(event), this.#clock.now());
    this.#clock.run(() => this.#attempt(accepted));
  }

  /** Goes on with what was accepted before a restart. */
  resume(): void {
    for (const accepted of this.#state.unfinishedEvents())
      this.#clock.schedule(Math.max(accepted.dueAtMs, this.#clock.now()), () => this.#attempt(accepted));
  }

  async #attempt(accepted: AcceptedEvent): Promise<void> {
    const { functionName, event } = accepted;
    const target = this.#functions.get(functionName);
    if (target === undefined)
      throw new Error(`An event was accepted for ${functionName}, which is not in the template.`);
    const config = this.#configs.get(functionName) ?? {};
    const result = await target.invoke(event);
    const attempts = accepted.attempts + 1;
    if (result.failure === undefined) {
      if (config.onSuccessArn !== undefined)
        await this.#sendToArn(config.onSuccessArn, record(accepted, attempts, { result, target }));
      this.#state.finishEvent(accepted.id);
      return;
    }
    const dueAtMs = this.#clock.now() + attempts * minuteMs;
    if (mayRetry(accepted, { attempts, dueAtMs }, config)) {
      this.#state.retryEvent(accepted.id, attempts, dueAtMs);
      this.#clock.schedule(dueAtMs, () => this.#attempt({ ...accepted, attempts, dueAtMs }));
    } else await this.#giveUp(accepted, attempts, { result, target, config });
  }

  async #giveUp(
    accepted: AcceptedEvent,
    attempts: number,
    {
      result,
      target,
      config,
    }: { result: InvocationResult; target: LocalFunction; config: AsyncInvokeConfig },
  ): Promise<void> {
    if (config.onFailureArn !== undefined)
      await this.#sendToArn(config.onFailureArn, record(accepted, attempts, { result, target }));
    if (config.deadLetterArn !== undefined)
      await this.#sendToArn(config.deadLetterArn, accepted.event, {
        RequestID: randomUUID(),
        ErrorCode: '200',
        ErrorMessage: result.failure?.errorMessage ?? '',
      });
    this.#state.finishEvent(accepted.id);
    const reason = result.failure?.errorMessage ?? '';
    this.#onEvent({ kind: 'dropped', source: accepted.functionName, reason, count: 1 });
  }
}

function mayRetry(
  { acceptedAtMs }: AcceptedEvent,
  next: { readonly attempts: number; readonly dueAtMs: number },
  { retriesMax = defaultRetriesMax, eventAgeMaxMs = defaultEventAgeMaxMs }: AsyncInvokeConfig,
): boolean {
  return next.attempts <= retriesMax && next.dueAtMs - acceptedAtMs <= eventAgeMaxMs;
}

/** The record that Lambda sends to a destination. (Developer Guide, "Capturing records of asynchronous invocations".) */
function record(
  accepted: AcceptedEvent,
  attempts: number,
  { result, target }: { readonly result: InvocationResult; readonly target: LocalFunction },
): string {
  const failed = result.failure !== undefined;
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(accepted.dueAtMs).toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${target.arn}:$LATEST`,
      condition: failed ? 'RetriesExhausted' : 'Success',
      approximateInvokeCount: attempts,
    },
    requestPayload: parseJson(accepted.event),
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(failed ? { functionError: 'Unhandled' } : {}),
    },
    responsePayload: failed ? result.failure : parseJson(result.payload ?? 'null'),
  });
}
