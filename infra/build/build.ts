import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configErrorText } from '#cli/config/config-error.ts';
import { readConfig } from '#cli/read-config.ts';
import { assetFiles, assetsDir, configDir } from './build-paths.ts';
import { bundleFunction } from './bundle-function.ts';
import { keepCompiled } from './first-call/compile.ts';
import { firstCalls } from './first-call/first-calls.ts';
import { startStubCloud } from './first-call/stub-cloud.ts';
import { builtFunctions } from './built-functions.ts';

const config = await readConfig(configDir);
if (!config.ok) {
  for (const error of config.errors) console.error(configErrorText(error));
  console.error('config/ has errors: nothing was built.');
  process.exit(1);
}
const bundle = JSON.stringify(config.bundle);

const cloud = await startStubCloud(bundle);
const calls = firstCalls(cloud);
await Promise.all(
  builtFunctions.map(async ({ name, needsConfig }) => {
    await bundleFunction(name);
    if (needsConfig) writeFileSync(join(assetsDir, name, assetFiles.config), bundle);
    await keepCompiled(name, calls[name], cloud.url);
  }),
);
cloud.stop();
console.log(
  `Built ${String(builtFunctions.length)} functions with configuration ${config.bundle.version.slice(0, 12)}.`,
);
