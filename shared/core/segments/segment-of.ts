import type { FactScope } from '#shared/core/conditions/fact-scope.ts';
import { testedFacts, type TestedFact } from '#shared/core/conditions/tested-facts.ts';
import type { CompiledSegment, CompiledSegments } from './compile-segments.ts';

/** The segment of an account, and what decided it. */
export interface SegmentFinding extends Pick<CompiledSegment, 'segment' | 'title' | 'why'> {
  /**
   * The facts that its signs look at, with their values. For the segment of all others these are the facts of every
   * segment that was tried, each once: what was not there.
   */
  readonly features: readonly TestedFact[];
}

/**
 * The first segment whose signs are there, with the facts that decided it. `nameOf` of the compiled segments gives the
 * same name without the facts, and quicker.
 */
export function segmentOf(scope: FactScope, { all, nameOf }: CompiledSegments): SegmentFinding {
  const name = nameOf(scope);
  const tried = all.slice(0, all.findIndex(({ segment }) => segment === name) + 1);
  const found = tried.at(-1);
  if (found === undefined) throw new Error(`the segment ${name} is none of its own list`);
  const { segment, title, why, signs } = found;
  const held = signs.find(({ holds }) => holds(scope));
  const conditions = held === undefined ? tried.flatMap((one) => one.signs) : [held];
  return {
    segment,
    title,
    why,
    features: testedFacts(
      conditions.map(({ condition }) => condition),
      scope,
    ),
  };
}
