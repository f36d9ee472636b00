import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import * as z from 'zod';

const inThisFolder = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const VersionSchema = z.object({ version: z.string() });

/** What of the AWS clients has no use in a Lambda, and what stands for it. */
const replacements: readonly { readonly module: RegExp; readonly by: string }[] = [
  { module: /^@aws-sdk\/credential-provider-node$/, by: inThisFolder('lambda-sdk/credentials.ts') },
  { module: /\/loadSharedConfigFiles$/, by: inThisFolder('lambda-sdk/config-files.ts') },
  { module: /^@smithy\/core\/event-streams$/, by: inThisFolder('lambda-sdk/event-streams.ts') },
  { module: /^@aws-sdk\/endpoint-cache$/, by: inThisFolder('lambda-sdk/endpoint-cache.ts') },
];

/** Leaves out of every bundle what a Lambda has no use for, above all the search for credentials outside the environment. */
export const lambdaSdk: Plugin = {
  name: 'lambda-sdk',
  setup(build) {
    for (const { module, by } of replacements) build.onResolve({ filter: module }, () => ({ path: by }));
    // Each client carries its whole package.json and reads its own version from it.
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = VersionSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
