import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#cli/read-config.ts';
import { assetsDir, configDir } from './build-paths.ts';
import { bundleFunction } from './bundle-function.ts';
import { builtFunctions } from './function-names.ts';

const config = await readConfig(configDir);
if (!config.ok) {
  for (const { file, line, field, problem, fix } of config.errors) {
    console.error(`${file}:${String(line)} ${field}: ${problem}. ${fix}`);
  }
  throw new Error('config/ has errors: nothing was built.');
}
const bundle = JSON.stringify(config.bundle);

await Promise.all(
  builtFunctions.map(async ({ name, needsConfig }) => {
    await bundleFunction(name);
    if (needsConfig) writeFileSync(join(assetsDir, name, 'config.json'), bundle);
  }),
);
console.log(
  `Built ${String(builtFunctions.length)} functions with configuration ${config.bundle.version.slice(0, 12)}.`,
);
