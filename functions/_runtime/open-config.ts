import { readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
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

/** Longest that `openConfigOrBuiltIn` waits for the published configuration. */
const waitMs = 1_500;

/**
 * The configuration in force, or what was built in when it cannot be had at once. Only for whoever decides about no contact:
 * the kill switch looks names up in it, and must work while AppConfig does not.
 */
export function openConfigOrBuiltIn(bundleUrl: string, start: ConfigStart): RulesSource {
  const published = openConfigLater(bundleUrl, start);
  const builtIn = (): DecisionRules => compileRules(readConfigBundle(new URL('config.json', bundleUrl)));
  return {
    current: async () => {
      const { promise: waited, resolve } = Promise.withResolvers<DecisionRules>();
      const timer = setTimeout(() => resolve(builtIn()), waitMs);
      try {
        return await Promise.race([published.current().catch(builtIn), waited]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
