import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { metafilesDir } from './build-paths.ts';
import { builtFunctions } from './built-functions.ts';

const kib = 1_024;
/** What a bundle should weigh at most: each KiB is parsed at every cold start. */
const goalKib = 400;
/** What fails the check. */
const limitKib = 600;
/** Inputs of each bundle that are shown. */
const shownInputs = 5;

const MetafileSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({ bytes: z.number(), inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

let isOver = false;
for (const { name } of builtFunctions) {
  const file = join(metafilesDir, `${name}.json`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\` first.`);
  const outputs = Object.values(MetafileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).outputs);
  const sizeKib = outputs.reduce((sum, { bytes }) => sum + bytes, 0) / kib;
  const verdict = sizeKib > limitKib ? 'OVER THE LIMIT' : sizeKib > goalKib ? 'over the goal' : 'ok';
  isOver ||= sizeKib > limitKib;
  console.log(`${name.padEnd(16)} ${sizeKib.toFixed(0).padStart(5)} KiB  ${verdict}`);
  for (const [packageName, bytes] of heaviest(outputs.map(({ inputs }) => inputs))) {
    console.log(`${' '.repeat(17)}${(bytes / kib).toFixed(0).padStart(5)}  ${packageName}`);
  }
}
console.log(
  `Goal ${String(goalKib)} KiB, limit ${String(limitKib)} KiB a function (docs/deployment.md, "Bundles").`,
);
if (isOver) process.exitCode = 1;

/** The heaviest packages of a bundle; our own files count as one per folder. */
function heaviest(
  inputs: readonly Readonly<Record<string, { readonly bytesInOutput: number }>>[],
): [string, number][] {
  const byPackage = new Map<string, number>();
  for (const [path, { bytesInOutput }] of inputs.flatMap((one) => Object.entries(one))) {
    const owner =
      /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split('/').slice(0, 2).join('/');
    byPackage.set(owner, (byPackage.get(owner) ?? 0) + bytesInOutput);
  }
  return [...byPackage].sort(([, a], [, b]) => b - a).slice(0, shownInputs);
}
