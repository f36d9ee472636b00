import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { assetFiles, assetsDir, metafilesDir, projectDir } from './build-paths.ts';
import { standIns } from './stand-ins.ts';
import { quickBuiltins } from './quick-builtins.ts';

/**
 * Bundles one function into its asset folder, emptied before, and keeps esbuild's account of what is in it.
 *
 * The bundle is CommonJS behind an ES module, because only a script can be started from what V8 compiled of it earlier.
 */
export async function bundleFunction(name: string): Promise<void> {
  const outdir = join(assetsDir, name);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: projectDir,
    entryPoints: { bundle: `functions/${name}/main.ts` },
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // Some packages name their CommonJS form first: the ES form lets unused parts fall away (a quarter of the SDK).
    mainFields: ['module', 'main'],
    plugins: [standIns, quickBuiltins],
    // index.mjs runs the text as it is: one function of what a CommonJS module sees.
    banner: { js: '(function(exports,require,module,bundleUrl){' },
    footer: { js: '})' },
    define: { 'import.meta.url': 'bundleUrl' },
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
  });
  escapeLetters(join(outdir, assetFiles.bundle));
  copyFileSync(join(projectDir, 'infra/build/asset', assetFiles.entry), join(outdir, assetFiles.entry));
  mkdirSync(metafilesDir, { recursive: true });
  writeFileSync(join(metafilesDir, `${name}.json`), JSON.stringify(metafile));
}

/**
 * The text is started as one byte a letter, which halves the memory that it takes. esbuild writes other letters as escapes,
 * but leaves them in regular expressions and in tagged templates, where they would arrive as several wrong ones: there they
 * become escapes here, which mean the same in both. A raw template would show the escape itself.
 */
function escapeLetters(file: string): void {
  const text = readFileSync(file, 'utf8');
  const found = /\braw`[^`]*[^\u0000-\u007f]/.exec(text);
  if (found !== null)
    throw new Error(`${file} has a letter that is not ASCII in the raw template ${found[0]}: write it apart`);
  const escaped = text.replaceAll(
    /[^\u0000-\u007f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (escaped !== text) writeFileSync(file, escaped);
}
