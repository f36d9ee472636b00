import * as z from 'zod';

import { compileEventPattern } from '#infra/local/events/event-pattern.ts';
import { type Json, isJsonObject, listAt, parseJson, parseJsonObject, textAt } from '#infra/local/json.ts';
import { functionNameOf } from '#infra/local/lambda/function-name.ts';
import type { InvocationResult } from '#infra/local/lambda/invocation.ts';
import type { StackResource } from '#infra/local/template/stack-resources.ts';

/** CloudFormation gives numbers and flags as themselves or as text. */
const NumberSchema = z.coerce.number();
const FlagSchema = z.union([z.boolean(), z.stringbool()]);

const streamBatchSizeDefault = 100;
const queueBatchSizeDefault = 10;

const MappingSchema = z.looseObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: FlagSchema.default(true),
  BatchSize: NumberSchema.optional(),
  MaximumBatchingWindowInSeconds: NumberSchema.default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  ParallelizationFactor: NumberSchema.default(1),
  MaximumRetryAttempts: NumberSchema.default(-1),
  MaximumRecordAgeInSeconds: NumberSchema.default(-1),
  BisectBatchOnFunctionError: FlagSchema.default(false),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() })
    .optional(),
  ScalingConfig: z.looseObject({ MaximumConcurrency: NumberSchema.optional() }).optional(),
});

/** An AWS::Lambda::EventSourceMapping with AWS's defaults filled in. */
export interface EventSourceMapping {
  readonly logicalId: string;
  readonly functionName: string;
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsItemFailures: boolean;
  readonly startsAt: 'TRIM_HORIZON' | 'LATEST';
  readonly parallelization: number;
  /** -1 retries without end. */
  readonly retriesMax: number;
  /** -1 keeps records of any age. */
  readonly recordAgeMaxMs: number;
  readonly bisects: boolean;
  readonly onFailureArn: string | undefined;
  readonly concurrencyMax: number | undefined;
  readonly matches: (record: Json) => boolean;
}

export function readEventSourceMapping({ logicalId, properties }: StackResource): EventSourceMapping {
  const mapping = MappingSchema.parse(properties);
  const isQueue = mapping.EventSourceArn.startsWith('arn:aws:sqs:');
  const ageSeconds = mapping.MaximumRecordAgeInSeconds;
  return {
    logicalId,
    functionName: functionNameOf(mapping.FunctionName),
    sourceArn: mapping.EventSourceArn,
    enabled: mapping.Enabled,
    batchSize: mapping.BatchSize ?? (isQueue ? queueBatchSizeDefault : streamBatchSizeDefault),
    windowMs: mapping.MaximumBatchingWindowInSeconds * 1_000,
    reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    startsAt: mapping.StartingPosition,
    parallelization: mapping.ParallelizationFactor,
    retriesMax: mapping.MaximumRetryAttempts,
    recordAgeMaxMs: ageSeconds < 0 ? -1 : ageSeconds * 1_000,
    bisects: mapping.BisectBatchOnFunctionError,
    onFailureArn: mapping.DestinationConfig?.OnFailure?.Destination,
    concurrencyMax: mapping.ScalingConfig?.MaximumConcurrency,
    matches: readFilters(properties),
  };
}

/** A record passes when any of the filters matches; without filters all pass. */
function readFilters(properties: StackResource['properties']): (record: Json) => boolean {
  const criteria = properties['FilterCriteria'];
  const tests = listAt(isJsonObject(criteria) ? criteria : null, 'Filters').map((filter) =>
    compileEventPattern(parseJsonObject(textAt(filter, 'Pattern') ?? '{}')),
  );
  return (record) => tests.length === 0 || tests.some((test) => test(record));
}

/** What a batch's answer means: which of its items failed. `all` for a failure of the function or a malformed answer. */
type BatchVerdict =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly failed: ReadonlySet<string> };

/**
 * Reads the answer of a function that may report failures of single items.
 * An identifier that is empty or not in the batch fails the whole batch. (Developer Guide, "Partial batch responses".)
 */
export function judgeBatch(
  result: InvocationResult,
  ids: readonly string[],
  reportsItemFailures: boolean,
): BatchVerdict {
  if (result.failure !== undefined) return { kind: 'all' };
  if (!reportsItemFailures) return { kind: 'succeeded' };
  const failures = listAt(parseJson(result.payload ?? 'null'), 'batchItemFailures');
  if (failures.length === 0) return { kind: 'succeeded' };
  const failed = failures.map((failure) => textAt(failure, 'itemIdentifier') ?? '');
  return failed.every((id) => ids.includes(id)) ? { kind: 'some', failed: new Set(failed) } : { kind: 'all' };
}
