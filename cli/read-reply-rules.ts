import { join, resolve } from 'node:path';
import { ReplySettingsSchema, ReplyTableSchema, type ReplyRules } from '#shared/contracts/reply-words.ts';
import { replyTableProblems } from '#shared/core/replies/compile-replies.ts';
import { errorAt, type ConfigError, type Sourced } from './config/config-error.ts';
import { readOptional, readYamlFolder, type Reading } from './config/read-files.ts';
import type { ReplySettings, ReplyTable } from '#shared/contracts/reply-words.ts';

/** The configuration that the project ships. */
export const configDirDefault = resolve(import.meta.dirname, '../config');

/** The parts of a configuration by which replies are read: replies.yaml and replies/<locale>.yaml. Both may be missing. */
export async function readReplyParts(
  dir: string,
): Promise<{ readonly settings: Reading<ReplySettings>; readonly tables: Reading<ReplyTable> }> {
  const tables = await readYamlFolder(join(dir, 'replies'), ReplyTableSchema, {
    field: 'locale',
    of: ({ locale }) => locale,
    isOptional: true,
  });
  return {
    settings: await readOptional(dir, 'replies.yaml', ReplySettingsSchema),
    tables: { found: tables.found, errors: [...tables.errors, ...tables.found.flatMap(tableErrors)] },
  };
}

function tableErrors(source: Sourced<ReplyTable>): readonly ConfigError[] {
  const fix = 'correct it; docs/replies.md explains the notation';
  return replyTableProblems(source.value).map(({ path, problem }) => errorAt(source, path, { problem, fix }));
}

/** What the bundle holds of them: undefined where a configuration reads no replies. */
export function replyRulesOf({
  settings,
  tables,
}: {
  readonly settings: Reading<ReplySettings>;
  readonly tables: Reading<ReplyTable>;
}): ReplyRules | undefined {
  const [file] = settings.found;
  if (file === undefined || tables.found.length === 0) return undefined;
  return { settings: file.value, tables: tables.found.map(({ value }) => value) };
}
