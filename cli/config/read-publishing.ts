import { publishingDefault, PublishingSchema, type Publishing } from '#shared/contracts/publishing.ts';
import type { ConfigError } from './config-error.ts';
import { readOptional } from './read-files.ts';

/** Reads publishing.yaml; a deployment that says nothing about publishing needs no file. */
export async function readPublishing(
  dir: string,
): Promise<{ readonly errors: readonly ConfigError[]; readonly value: Publishing }> {
  const { errors, found } = await readOptional(dir, 'publishing.yaml', PublishingSchema);
  return { errors, value: found[0]?.value ?? publishingDefault };
}
