import type { RulesSource } from '#shared/ports/rules-source.ts';

/** A configuration that nobody changes. */
export function fixedRules<Rules>(rules: Rules): RulesSource<Rules> {
  return { current: () => Promise.resolve(rules) };
}
