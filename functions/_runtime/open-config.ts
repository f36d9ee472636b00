import { compileRules } from '#shared/core/decision/compile-rules.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { openConfigAs, type ConfigStart } from './open-config-as.ts';

/**
 * The configuration in force, in the form that decisions use. Asking for it begins at once, so that it overlaps with the
 * rest of a cold start.
 */
export function openConfig(bundleUrl: string, start: ConfigStart): RulesSource {
  const source = openConfigLater(bundleUrl, start);
  source.current().catch(() => undefined);
  return source;
}

/** The configuration in force, read when it is first asked for: most events of the caller need none. */
export function openConfigLater(bundleUrl: string, start: ConfigStart): RulesSource {
  return openConfigAs(compileRules, bundleUrl, start);
}
