import { createHash } from 'node:crypto';

/** Hexadecimal digits of a configuration's version: 128 bits, as every ledger entry carries it. */
const versionLength = 32;

/** The same content gives the same version, whatever the order of keys in the files. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, versionLength);
}

/** JSON with the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
