import { fileURLToPath } from 'node:url';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const projectDir = fromRoot('');
/** What operations tune. */
export const configDir = fromRoot('config');
/** Where the build puts one folder per function, and infra finds them. */
export const assetsDir = fromRoot('dist/functions');
/** esbuild's account of each bundle, for `npm run size`. */
export const metafilesDir = fromRoot('dist/metafiles');

/** What the folder of one function holds; the configuration only where it is needed. */
export const assetFiles = {
  entry: 'index.mjs',
  bundle: 'bundle.cjs',
  /** What V8 compiled of the bundle: made anew by every build, never the same bytes twice. */
  compiled: 'bundle.cache',
  config: 'config.json',
} as const;
