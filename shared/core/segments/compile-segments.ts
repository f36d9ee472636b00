import type { Condition } from '#shared/contracts/condition.ts';
import type { Segment, Segments } from '#shared/contracts/segments.ts';
import { compileCondition, type CompiledCondition } from '#shared/core/conditions/compile-condition.ts';
import type { FactScope } from '#shared/core/conditions/fact-scope.ts';

export interface CompiledSegment {
  readonly segment: string;
  readonly title: Segment['title'];
  readonly why: string;
  /** Signs of the segment, one of which suffices; none for the segment of all others. */
  readonly signs: readonly { readonly condition: Condition; readonly holds: CompiledCondition }[];
}

export interface CompiledSegments {
  /** In the order in which they are tried, the segment of all others last. */
  readonly all: readonly CompiledSegment[];
  /** Name of the segment of an account at the moment of its facts. */
  readonly nameOf: (scope: FactScope) => string;
}

/** A deployment without config/segments.yaml treats everybody alike. */
const segmentsDefault: Segments = {
  segments: [],
  otherwise: {
    segment: 'ordinary',
    title: { en: 'Ordinary', zh: '一般逾期' },
    why: 'There are no segments.',
  },
};

/** Compiles segments that have been checked. */
export function compileSegments({ segments, otherwise }: Segments = segmentsDefault): CompiledSegments {
  const compiled = segments.map(({ when, ...about }) => ({
    ...about,
    signs: [when].flat().map((condition) => ({ condition, holds: compileCondition(condition) })),
  }));
  return {
    all: [...compiled, { ...otherwise, signs: [] }],
    nameOf: (scope) =>
      compiled.find(({ signs }) => signs.some(({ holds }) => holds(scope)))?.segment ?? otherwise.segment,
  };
}
