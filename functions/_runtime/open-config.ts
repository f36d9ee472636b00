import { publishedConfig } from '#functions/_adapters/appconfig/published-config.ts';
import { parseConfigBundle, readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
import { compileRules, type DecisionRules } from '#shared/core/decision/compile-rules.ts';
import type { Clock } from '#shared/ports/clock.ts';
import type { RulesSource } from '#shared/ports/rules-source.ts';
import { createConfigSource } from './config-source.ts';
import type { Telemetry } from './telemetry.ts';

/** What a function that decides has at hand when it starts. */
export interface ConfigStart {
  readonly environment: {
    readonly CONFIG_PATH: string;
    readonly AWS_APPCONFIG_EXTENSION_HTTP_PORT: number;
  };
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/**
 * The configuration in force, in the form that decisions use. `bundleUrl` is `import.meta.url` of the function's main.ts:
 * the build placed config.json beside it. Asking begins at once, so that it overlaps with the rest of a cold start.
 */
export function openConfig(bundleUrl: string, start: ConfigStart): RulesSource {
  const source = openConfigAs(compileRules, bundleUrl, start);
  source.current().catch(() => undefined);
  return source;
}

/** The pace alone: whoever only hands on need not compile texts and laws. */
export function openLimits(
  bundleUrl: string,
  start: ConfigStart,
): RulesSource<Pick<DecisionRules, 'limits' | 'stops'>> {
  return openConfigAs(({ limits }) => ({ limits, stops: [] }), bundleUrl, start);
}

/** The configuration in force, read when it is first asked for: most events of the caller need none. */
export function openConfigLater(bundleUrl: string, start: ConfigStart): RulesSource {
  return openConfigAs(compileRules, bundleUrl, start);
}

function openConfigAs<Rules>(
  compile: (bundle: ConfigBundle) => Rules,
  bundleUrl: string,
  { environment, clock, telemetry }: ConfigStart,
): RulesSource<Rules> {
  const { CONFIG_PATH: path, AWS_APPCONFIG_EXTENSION_HTTP_PORT: port } = environment;
  return createConfigSource({
    ask: publishedConfig({ port, path }),
    builtIn: () => readConfigBundle(new URL('config.json', bundleUrl)),
    parse: parseConfigBundle,
    compile,
    clock,
    telemetry,
  });
}
