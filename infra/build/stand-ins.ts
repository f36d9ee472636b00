import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import * as z from 'zod';

const standIn = (file: string): string => fileURLToPath(new URL(`stand-ins/${file}`, import.meta.url));

const VersionSchema = z.object({ version: z.string() });

/** Parts of libraries that no Lambda has a use for, and what takes their place. */
const replacements: readonly { readonly module: RegExp; readonly by: string }[] = [
  { module: /^@aws-sdk\/credential-provider-node$/, by: standIn('credentials.ts') },
  { module: /\/loadSharedConfigFiles$/, by: standIn('config-files.ts') },
  { module: /^@smithy\/core\/event-streams$/, by: standIn('event-streams.ts') },
  { module: /^@aws-sdk\/endpoint-cache$/, by: standIn('endpoint-cache.ts') },
  { module: /^\.\/html-entities\.js$/, by: standIn('html-entities.ts') },
  { module: /\/core\/(?:to-json-schema|json-schema-processors)\.js$/, by: standIn('zod-json-schema.ts') },
];

/**
 * Leaves out of every bundle what a Lambda has no use for, above all the AWS clients' search for credentials outside the
 * environment. A library that moves a part makes bundles larger again, which `npm run size` shows, and nothing else.
 */
export const standIns: Plugin = {
  name: 'stand-ins',
  setup(build) {
    for (const { module, by } of replacements) build.onResolve({ filter: module }, () => ({ path: by }));
    // Each AWS client carries its whole package.json and reads its own version from it.
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = VersionSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
