import { join } from 'node:path';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { PrioritySettingsSchema } from '#shared/contracts/priority.ts';
import { RiskModelSchema } from '#shared/contracts/risk-model.ts';
import { SegmentsSchema, type Segments } from '#shared/contracts/segments.ts';
import type { ConfigError, Sourced } from './config-error.ts';
import { readOptional } from './read-files.ts';

export interface ReadPriorities {
  readonly errors: readonly ConfigError[];
  /** What of the three files is there. */
  readonly content: Pick<ConfigBundle, 'riskModel' | 'segments' | 'priority'>;
  readonly segments: readonly Sourced<Segments>[];
}

/** Reads what tells accounts apart by behaviour: risk model, segments and the order of cases. Each may be missing. */
export async function readPriorities(dir: string): Promise<ReadPriorities> {
  const [risk, segments, priority] = await Promise.all([
    readOptional(join(dir, 'models'), 'risk.yaml', RiskModelSchema),
    readOptional(dir, 'segments.yaml', SegmentsSchema),
    readOptional(dir, 'priority.yaml', PrioritySettingsSchema),
  ]);
  return {
    errors: [...risk.errors, ...segments.errors, ...priority.errors],
    content: {
      ...(risk.found[0] !== undefined && { riskModel: risk.found[0].value }),
      ...(segments.found[0] !== undefined && { segments: segments.found[0].value }),
      ...(priority.found[0] !== undefined && { priority: priority.found[0].value }),
    },
    segments: segments.found,
  };
}
