import { join } from 'node:path';
import {
  addressVariables,
  openPrompts,
  promptVariables,
  type PromptName,
} from '#shared/contracts/call-prompts.ts';
import type { CallPrompts } from '#shared/contracts/call-flow.ts';
import type { TemplateWords } from '#shared/contracts/template.ts';
import { namesIn } from '#shared/core/call-flow/speak.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import { literalFigures } from './literal-figures.ts';
import { promptsName, type CallParts, type LocalPrompts } from './read-calls.ts';
import type { ReadTemplate } from './read-templates.ts';
import { saysWord, wordsOfSource } from './words-in.ts';

/** What else of a configuration the prompts of calls have to fit to. */
interface Surroundings {
  readonly templates: readonly ReadTemplate[];
  readonly words: ReadonlyMap<string, TemplateWords>;
}

/**
 * What is wrong with the prompts of calls: one that names what it cannot know or leaves out what it is there to say, one that
 * anybody may hear and that tells of a debt, a threat, a figure that is written out, and a language without prompts.
 */
export function callErrors(parts: CallParts, { templates, words }: Surroundings): readonly ConfigError[] {
  const [settings] = parts.callSettings.found;
  const prompts = parts.callPrompts.found;
  const errors = prompts.flatMap((source) => promptErrors(source, words.get(source.value.locale)));
  if (settings === undefined) return [...errors, ...prompts.map(withoutSettings)];
  const has = new Set(prompts.map(({ value }) => value.locale));
  const spoken = templates.filter(({ template }) => template.channel === 'call');
  const wanted = new Set([fallbackLocale, ...spoken.map(({ template }) => template.locale)]);
  const missing = [...wanted].filter((locale) => !has.has(locale));
  return [...errors, ...missing.map((locale) => withoutPrompts(settings, locale))];
}

function withoutSettings(source: Sourced<LocalPrompts>): ConfigError {
  return errorAt(source, [], { problem: 'is used by nothing without calls.yaml', fix: 'add calls.yaml' });
}

function withoutPrompts(settings: Sourced<unknown>, locale: string): ConfigError {
  const problem = `has no prompts in ${locale}, in which calls are made`;
  return errorAt(settings, [], { problem, fix: `add ${join('templates', locale, promptsName)}` });
}

function promptErrors(source: Sourced<LocalPrompts>, words: TemplateWords | undefined): ConfigError[] {
  const { locale, prompts } = source.value;
  return promptNames(prompts).flatMap((name) => {
    const text = prompts[name];
    const faults = [
      ...variableFaults(name, text),
      ...wordFaults(name, wordsOfSource(text), words),
      ...literalFigures(wordsOfSource(text), locale).map((figure) => ({
        problem: `writes out the ${figure.kind} "${figure.text}"`,
        fix: 'name it by a variable',
      })),
    ];
    return faults.map((fault) => errorAt(source, [name], fault));
  });
}

function promptNames(prompts: CallPrompts): readonly PromptName[] {
  const isPrompt = (name: string): name is PromptName => name in promptVariables && name in prompts;
  return Object.keys(promptVariables).filter(isPrompt);
}

type Fault = Pick<ConfigError, 'problem' | 'fix'>;

function variableFaults(name: PromptName, text: string): Fault[] {
  const may: readonly string[] = promptVariables[name];
  const named = namesIn(text);
  const must = promptVariables[name].filter((one) => !addressVariables.some((known) => known === one));
  const known = may.length === 0 ? 'it may name nothing' : `use ${may.join(', ')}`;
  const stray = text.replaceAll(/\{\{\s*\w+\s*\}\}/gu, '');
  return [
    ...named
      .filter((one) => !may.includes(one))
      .map((one) => ({ problem: `names {{ ${one} }}, which it cannot know`, fix: known })),
    ...must
      .filter((one) => !named.includes(one))
      .map((one) => ({ problem: `does not say {{ ${one} }}`, fix: `name {{ ${one} }}` })),
    ...(/[{}]/u.test(stray)
      ? [{ problem: 'has braces that name nothing', fix: 'write {{ name }}; prompts make no choices' }]
      : []),
  ];
}

/** Prompts with which a recorded voice introduces itself. */
const introducing: readonly PromptName[] = ['inbound_greeting', 'inbound_stranger'];

function wordFaults(name: PromptName, said: string, words: TemplateWords | undefined): Fault[] {
  return [
    ...debtFaults(name, said, words?.debt ?? []),
    ...(words?.threat ?? [])
      .filter((word) => saysWord(said, word))
      .map((word) => ({
        problem: `contains "${word}", which words.yaml lists as a threat`,
        fix: 'leave it out',
      })),
    ...machineFaults(name, said, words?.says?.ai_disclosure),
  ];
}

function debtFaults(name: PromptName, said: string, words: readonly string[]): Fault[] {
  if (!(name in openPrompts)) return [];
  const fix = 'leave it out: it is heard before anybody knows who listens';
  return words
    .filter((word) => saysWord(said, word))
    .map((word) => ({ problem: `tells of a debt by "${word}"`, fix }));
}

function machineFaults(name: PromptName, said: string, words: readonly string[] | undefined): Fault[] {
  const isSaid = words === undefined || words.some((word) => saysWord(said, word));
  if (!introducing.includes(name) || isSaid) return [];
  return [{ problem: 'does not say that a machine speaks', fix: `say "${words.join('" or "')}"` }];
}
