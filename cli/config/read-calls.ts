import { join } from 'node:path';
import {
  CallPromptsSchema,
  CallSettingsSchema,
  type CallPrompts,
  type CallRules,
  type CallSettings,
} from '#shared/contracts/call-flow.ts';
import { LocaleSchema } from '#shared/contracts/primitives.ts';
import type { Sourced } from './config-error.ts';
import { listFolder, readOptional, type Reading } from './read-files.ts';

/** File of a language's prompts, beside its templates. */
export const promptsName = 'call-flow.prompts.yaml';

/** The prompts of a language. */
export interface LocalPrompts {
  readonly locale: string;
  readonly prompts: CallPrompts;
}

/** The parts of a configuration by which calls go on, each with what is wrong with it. */
export interface CallParts {
  readonly callSettings: Reading<CallSettings>;
  readonly callPrompts: Reading<LocalPrompts>;
}

/** Reads calls.yaml and templates/<locale>/call-flow.prompts.yaml. */
export async function readCallParts(dir: string): Promise<CallParts> {
  const templates = join(dir, 'templates');
  const names = (await listFolder(templates)) ?? [];
  const locales = names.filter((name) => LocaleSchema.safeParse(name).success);
  const readings = await Promise.all(
    locales.map(async (locale) => {
      const { found, errors } = await readOptional(join(templates, locale), promptsName, CallPromptsSchema);
      return { found: found.map((source) => inLocale(source, locale)), errors };
    }),
  );
  return {
    callSettings: await readOptional(dir, 'calls.yaml', CallSettingsSchema),
    callPrompts: {
      found: readings.flatMap(({ found }) => found),
      errors: readings.flatMap(({ errors }) => errors),
    },
  };
}

function inLocale({ file, value, lineOf }: Sourced<CallPrompts>, locale: string): Sourced<LocalPrompts> {
  return { file, lineOf, value: { locale, prompts: value } };
}

/** What the bundle holds of them: undefined where a configuration does not say how calls go on. */
export function callRulesOf({ callSettings, callPrompts }: CallParts): CallRules | undefined {
  const [settings] = callSettings.found;
  if (settings === undefined) return undefined;
  const prompts = callPrompts.found.map(({ value }) => [value.locale, value.prompts] as const);
  return { settings: settings.value, prompts: Object.fromEntries(prompts) };
}
