import { readFileSync } from 'node:fs';
import { ConfigBundleSchema, type ConfigBundle } from '#shared/contracts/config-bundle.ts';

/**
 * Reads the configuration that the build placed beside the function.
 * @throws Error when it is missing or does not follow its contract: the asset was not made by our build.
 */
export function readConfigBundle(file: URL): ConfigBundle {
  return ConfigBundleSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
