import { join } from 'node:path';
import {
  ReplySettingsSchema,
  ReplyTableSchema,
  type ReplyRules,
  type ReplySettings,
  type ReplyTable,
} from '#shared/contracts/reply-words.ts';
import { replyTableProblems } from '#shared/core/replies/compile-replies.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import { readYamlFile, readYamlFolder, type Reading } from './read-files.ts';

/** The parts of a configuration by which replies are read, each with what is wrong with it. */
export interface ReplyParts {
  readonly replySettings: Reading<ReplySettings>;
  readonly replyTables: Reading<ReplyTable>;
}

/** Reads replies.yaml and replies/<locale>.yaml. */
export async function readReplyParts(dir: string): Promise<ReplyParts> {
  const tables = await readYamlFolder(join(dir, 'replies'), ReplyTableSchema, {
    field: 'locale',
    of: ({ locale }) => locale,
  });
  return {
    replySettings: await readYamlFile(join(dir, 'replies.yaml'), ReplySettingsSchema),
    replyTables: { found: tables.found, errors: [...tables.errors, ...tables.found.flatMap(tableErrors)] },
  };
}

function tableErrors(source: Sourced<ReplyTable>): readonly ConfigError[] {
  const fix = 'correct it; docs/replies.md explains the notation';
  return replyTableProblems(source.value).map(({ path, problem }) => errorAt(source, path, { problem, fix }));
}

/** What the bundle holds of them: undefined where something of it has errors. */
export function replyRulesOf({ replySettings, replyTables }: ReplyParts): ReplyRules | undefined {
  const [settings] = replySettings.found;
  if (settings === undefined || replyTables.found.length === 0) return undefined;
  return { settings: settings.value, tables: replyTables.found.map(({ value }) => value) };
}
