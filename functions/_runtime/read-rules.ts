import { readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';

/** The configuration that the build placed beside a function's bundle, in the form that decisions use. */
export function readRules(bundleUrl: string): DecisionRules {
  return compileRules(readConfigBundle(new URL('config.json', bundleUrl)));
}
