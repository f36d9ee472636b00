import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetFiles } from './build-paths.ts';

/**
 * Names the content of a function's asset, so that only changed functions are deployed. What V8 compiled is left out,
 * because no two builds give the same bytes of it; the version of V8 that it fits stands for it.
 */
export function assetHash(folder: string): string {
  const hash = createHash('sha256').update(process.versions.v8);
  const files = readdirSync(folder).filter((file) => file !== assetFiles.compiled);
  for (const file of files.sort()) hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
