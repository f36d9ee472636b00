import type { DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { openConfigAs, type ConfigStart } from './open-config-as.ts';

/** The pace in force: whoever only hands on need neither compile laws and texts nor carry the code that does. */
export function openLimits(
  bundleUrl: string,
  start: ConfigStart,
): RulesSource<Pick<DecisionRules, 'limits' | 'stops'>> {
  return openConfigAs(({ limits }) => ({ limits, stops: [] }), bundleUrl, start);
}
