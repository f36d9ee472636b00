import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import type { Delivery, KeptVersion } from './config-service.ts';

const underWay: ReadonlySet<string> = new Set(['DEPLOYING', 'BAKING', 'VALIDATING', 'ROLLING_BACK']);

/** The last deployment that reached all and was not taken back; undefined before the first. */
export function inForce(deliveries: readonly Delivery[]): Delivery | undefined {
  return deliveries.find(({ state }) => state === 'COMPLETE');
}

/** The deployment that is going on, of which there is one at most. */
export function inProgress(deliveries: readonly Delivery[]): Delivery | undefined {
  return deliveries.find(({ state }) => underWay.has(state));
}

/** Versions that were published and never rolled out since the last deployment: they wait for somebody. */
export function waiting(
  versions: readonly KeptVersion[],
  deliveries: readonly Delivery[],
): readonly KeptVersion[] {
  const newest = Math.max(0, ...deliveries.map(({ keptNumber }) => keptNumber));
  return versions.filter(({ number }) => number > newest);
}

/** Shortest beginning of a version that names it, in characters. */
const beginningMin = 4;

/** The version that a person names by its beginning. @throws CommandError when there is none, or more than one. */
export function namedVersion(named: string, versions: readonly KeptVersion[]): KeptVersion {
  const found = versions.filter(({ version }) => version.startsWith(named));
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0 && named.length >= beginningMin) return one;
  const why =
    one === undefined
      ? 'there is no such version'
      : `write at least ${String(beginningMin)} characters that name one`;
  throw new CommandError(exitStatus.refused, 'no_such_version', [
    `${named}: ${why} (\`dunwell config status\` lists them)`,
  ]);
}
