import { readFileSync } from 'node:fs';
import type { ConfigBundle } from '#shared/contracts/config-bundle.ts';

/** Parts that no bundle may lack. */
type NeededPart = {
  [Part in keyof ConfigBundle]-?: undefined extends ConfigBundle[Part] ? never : Part;
}[keyof ConfigBundle];

/** Each by name: one that is added to the contract has to be added here, too. */
const parts: Readonly<Record<NeededPart, true>> = {
  version: true,
  limits: true,
  agreements: true,
  holds: true,
  creditors: true,
  strategies: true,
  queues: true,
  agencies: true,
  accounts: true,
  templates: true,
  policies: true,
  rules: true,
  holidays: true,
  publishing: true,
  replies: true,
};

/**
 * Reads the configuration that the build placed beside the function. The build has checked it against its whole contract
 * and nobody can change it since; to check it again would take longer than everything else that a cold start does.
 *
 * @throws Error when it is missing or not made by our build.
 */
export function readConfigBundle(file: URL): ConfigBundle {
  const bundle: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isBundle(bundle))
    throw new Error(`${file.pathname} is not a configuration bundle: run \`npm run build\``);
  return bundle;
}

/**
 * Reads a published bundle, which `check-config` judged before it could be published. That it has every part that this
 * code knows is asked again, because another release may have published it.
 *
 * @throws Error that names the parts which are missing.
 */
export function parseConfigBundle(text: string): ConfigBundle {
  const bundle: unknown = JSON.parse(text);
  if (isBundle(bundle)) return bundle;
  throw new Error(
    `the published configuration has no ${missingFrom(bundle).join(', ')}: publish one with the commands of this release`,
  );
}

function isBundle(value: unknown): value is ConfigBundle {
  return missingFrom(value).length === 0;
}

function missingFrom(value: unknown): string[] {
  const names = Object.keys(parts);
  return typeof value === 'object' && value !== null ? names.filter((part) => !(part in value)) : names;
}
