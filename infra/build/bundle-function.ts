import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { quickBuiltins } from './quick-builtins.ts';
import { assetsDir, metafilesDir, projectDir } from './build-paths.ts';

/** Some AWS and Twilio modules are CommonJS and ask for Node's own modules by `require`, which ES modules lack. */
const requireForCommonJs =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** Bundles one function into its asset folder, emptied before, and keeps esbuild's account of what is in it. */
export async function bundleFunction(name: string): Promise<Metafile> {
  const outdir = join(assetsDir, name);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: projectDir,
    entryPoints: { index: `functions/${name}/main.ts` },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Some packages name their CommonJS form first: the ES form lets unused parts fall away (a quarter of the SDK).
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': join(projectDir, 'infra/build/lambda-credentials.ts') },
    plugins: [quickBuiltins],
    banner: { js: requireForCommonJs },
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
  });
  mkdirSync(metafilesDir, { recursive: true });
  writeFileSync(join(metafilesDir, `${name}.json`), JSON.stringify(metafile));
  return metafile;
}
