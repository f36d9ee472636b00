import { publishedConfig } from '#functions/_adapters/appconfig/published-config.ts';
import { parseConfigBundle, readConfigBundle } from '#functions/_adapters/config/read-config-bundle.ts';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';
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
 * The configuration in force, in the form that `compile` gives it. `bundleUrl` is `import.meta.url` of the function's
 * main.ts: the build placed config.json beside it.
 */
export function openConfigAs<Rules>(
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
