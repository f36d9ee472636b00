import { readFileSync } from 'node:fs';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';

const parts: readonly (keyof ConfigBundle)[] = [
  'version',
  'limits',
  'creditors',
  'strategies',
  'templates',
  'policies',
  'holidays',
];

/**
 * Reads the configuration that the build placed beside the function. The build has checked it against its whole contract
 * and nobody can change it since; to check it again would take longer than everything else that a cold start does.
 *
 * @throws Error when it is missing or not made by our build.
 */
export function readConfigBundle(file: URL): ConfigBundle {
  const bundle: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isCheckedBundle(bundle))
    throw new Error(`${file.pathname} is not a configuration bundle: run \`npm run build\``);
  return bundle;
}

function isCheckedBundle(value: unknown): value is ConfigBundle {
  return typeof value === 'object' && value !== null && parts.every((part) => part in value);
}
