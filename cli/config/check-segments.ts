import { compileSegments } from '#shared/core/segments/compile-segments.ts';
import type { FoundConfig } from './check-bundle.ts';
import { errorAt, type ConfigError } from './config-error.ts';

/** A segment that a strategy names, in `segments` or in a condition on `segment`, and where. */
interface NamedSegment {
  readonly path: readonly PropertyKey[];
  readonly name: string;
}

/** Segments that segments.yaml does not know: what is said about them would never happen. */
export function unknownSegments({ strategies, segments, agreements }: FoundConfig): ConfigError[] {
  const known = compileSegments(segments[0]?.value).all.map(({ segment }) => segment);
  return [...strategies, agreements].flatMap((source) =>
    namedSegments(source.value, []).flatMap(({ path, name }) => {
      if (known.includes(name)) return [];
      const problem = `is "${name}", which is no segment`;
      const fix = `add it to segments.yaml or use one of ${known.join(', ')}`;
      return [errorAt(source, path, { problem, fix })];
    }),
  );
}

function namedSegments(value: unknown, path: readonly PropertyKey[]): NamedSegment[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return key === 'segment' || key === 'segments' ? wordsIn(inner, here) : namedSegments(inner, here);
  });
}

/** The words of a test: one, a list of them, or those under `not`. */
function wordsIn(test: unknown, path: readonly PropertyKey[]): NamedSegment[] {
  if (typeof test === 'string') return [{ path, name: test }];
  if (Array.isArray(test)) return test.flatMap((word, index) => wordsIn(word, [...path, index]));
  if (typeof test === 'object' && test !== null && 'not' in test) return wordsIn(test.not, [...path, 'not']);
  return [];
}
