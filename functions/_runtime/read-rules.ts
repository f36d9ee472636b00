import { readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';

/** The configuration that the build placed beside a function's bundle, compiled when it is first asked for. */
export function readRules(bundleUrl: string): RulesSource {
  let compiled: DecisionRules | undefined;
  return {
    current: () => {
      compiled ??= compileRules(readConfigBundle(new URL('config.json', bundleUrl)));
      return Promise.resolve(compiled);
    },
  };
}
