import { randomUUID } from 'node:crypto';

import { type EventSourceMapping, judgeBatch } from '#infra/local/events/event-source.ts';
import type { StreamRecord } from '#infra/local/events/stream-reader.ts';
import type { SendToArn } from '#infra/local/lambda/async-invoker.ts';
import type { LocalFunction } from '#infra/local/lambda/local-function.ts';
import type { OnRunEvent } from '#infra/local/run-event.ts';
import type { VirtualClock } from '#infra/local/virtual-clock.ts';

const retryDelayFirstMs = 1_000;
const retryDelayMaxMs = 60_000;

export interface LaneParts {
  readonly mapping: EventSourceMapping;
  readonly target: LocalFunction;
  readonly clock: VirtualClock;
  readonly sendToArn: SendToArn;
  readonly onEvent: OnRunEvent;
  readonly shardId: () => string;
  /** Called when records are done with, whether they succeeded or were given up. */
  readonly onDone: (records: readonly StreamRecord[]) => void;
}

/** Records that are tried together. */
interface Batch {
  readonly records: readonly StreamRecord[];
  readonly attempts: number;
}

type GiveUpCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/**
 * One sequence of a stream (a shard, or a part of it by partition key): batches go to the function strictly one after
 * another, and a failed one holds up those behind it until it succeeds or is given up.
 */
export class StreamLane {
  readonly #parts: LaneParts;
  #waiting: StreamRecord[] = [];
  /** Parts of a failed batch, which come before anything that waits. */
  #retries: Batch[] = [];
  #isBusy = false;
  #cancelWindow: (() => void) | undefined;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  add(record: StreamRecord): void {
    this.#waiting.push(record);
  }

  /** Invokes as long as there is a batch to try now. */
  wake(): void {
    if (this.#isBusy) return;
    const batch = this.#nextBatch();
    if (batch === undefined) return;
    this.#isBusy = true;
    this.#parts.clock.run(() => this.#try(batch));
  }

  #nextBatch(): Batch | undefined {
    const retry = this.#retries.shift();
    if (retry !== undefined) return retry;
    const { mapping, clock } = this.#parts;
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    const windowEndsAtMs = first.arrivedAtMs + mapping.windowMs;
    if (this.#waiting.length < mapping.batchSize && clock.now() < windowEndsAtMs) {
      this.#cancelWindow ??= clock.schedule(windowEndsAtMs, () => {
        this.#cancelWindow = undefined;
        this.wake();
      });
      return undefined;
    }
    this.#cancelWindow?.();
    this.#cancelWindow = undefined;
    return { records: this.#waiting.splice(0, mapping.batchSize), attempts: 0 };
  }

  async #try(batch: Batch): Promise<void> {
    const delayMs = await this.#tryNow(batch).catch((error: unknown) => {
      // A local part could not be reached; the records must not be lost for it.
      this.#parts.onEvent({ kind: 'failed', where: this.#parts.mapping.logicalId, error });
      this.#retries.unshift(batch);
      return retryDelayFirstMs;
    });
    if (delayMs === 0) {
      this.#isBusy = false;
      this.wake();
      return;
    }
    const { clock } = this.#parts;
    clock.schedule(clock.now() + delayMs, () => {
      this.#isBusy = false;
      this.wake();
    });
  }

  async #tryNow(batch: Batch): Promise<number> {
    const records = await this.#withoutExpired(batch);
    return records.length === 0 ? 0 : this.#invoke({ ...batch, records });
  }

  /** Invokes with the batch; resolves to how long the lane pauses before it goes on. */
  async #invoke({ records, attempts }: Batch): Promise<number> {
    const { mapping, target, onDone } = this.#parts;
    const result = await target.invoke(JSON.stringify({ Records: records.map(({ record }) => record) }));
    const sequences = records.map(({ sequence }) => sequence);
    const verdict = judgeBatch(result, sequences, mapping.reportsItemFailures);
    if (verdict.kind === 'succeeded') {
      onDone(records);
      return 0;
    }
    // All records before the first failed one are done with; it and everything behind it is tried again.
    const firstFailed =
      verdict.kind === 'all' ? 0 : sequences.findIndex((sequence) => verdict.failed.has(sequence));
    onDone(records.slice(0, firstFailed));
    const tried = firstFailed > 0 ? 1 : attempts + 1;
    return this.#retryLater({ records: records.slice(firstFailed), attempts: tried }, firstFailed > 0);
  }

  async #retryLater(batch: Batch, isCutAtFailure: boolean): Promise<number> {
    const { mapping } = this.#parts;
    const delayMs = Math.min(retryDelayFirstMs * 2 ** (batch.attempts - 1), retryDelayMaxMs);
    if (mapping.bisects && !isCutAtFailure && batch.records.length > 1) {
      const middle = Math.ceil(batch.records.length / 2);
      // Cutting a batch in two is not counted as a retry.
      const attempts = batch.attempts - 1;
      this.#retries.unshift(
        { records: batch.records.slice(0, middle), attempts },
        { records: batch.records.slice(middle), attempts },
      );
      return delayMs;
    }
    if (mapping.retriesMax >= 0 && batch.attempts > mapping.retriesMax) {
      await this.#giveUp(batch, 'RetryAttemptsExhausted');
      return 0;
    }
    this.#retries.unshift(batch);
    return delayMs;
  }

  async #withoutExpired(batch: Batch): Promise<readonly StreamRecord[]> {
    const { mapping, clock } = this.#parts;
    if (mapping.recordAgeMaxMs < 0) return batch.records;
    const oldestAtMs = clock.now() - mapping.recordAgeMaxMs;
    const expired = batch.records.filter(({ arrivedAtMs }) => arrivedAtMs < oldestAtMs);
    if (expired.length > 0) await this.#giveUp({ ...batch, records: expired }, 'RecordAgeExceeded');
    return batch.records.filter(({ arrivedAtMs }) => arrivedAtMs >= oldestAtMs);
  }

  /** Sends where the records are (not the records themselves, as on AWS) to the on-failure destination and goes on behind them. */
  async #giveUp(batch: Batch, condition: GiveUpCondition): Promise<void> {
    const { mapping, sendToArn, onDone, onEvent } = this.#parts;
    if (mapping.onFailureArn !== undefined)
      await sendToArn(mapping.onFailureArn, this.#failureRecord(batch, condition));
    else
      onEvent({ kind: 'dropped', source: mapping.logicalId, reason: condition, count: batch.records.length });
    onDone(batch.records);
  }

  #failureRecord({ records, attempts }: Batch, condition: GiveUpCondition): string {
    const { mapping, target, clock, shardId } = this.#parts;
    const [first, last] = [records[0], records.at(-1)];
    const instant = (record: StreamRecord | undefined): string =>
      new Date(record?.arrivedAtMs ?? 0).toISOString();
    return JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: target.arn,
        condition,
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: shardId(),
        startSequenceNumber: first?.sequence,
        endSequenceNumber: last?.sequence,
        approximateArrivalOfFirstRecord: instant(first),
        approximateArrivalOfLastRecord: instant(last),
        batchSize: records.length,
        streamArn: mapping.sourceArn,
      },
    });
  }
}
