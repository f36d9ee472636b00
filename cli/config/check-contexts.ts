import type { Strategy } from '#shared/contracts/strategy.ts';
import type { TemplateContext } from '#shared/contracts/template.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import type { ReadTemplate } from './read-templates.ts';
import { namedTemplates } from './step-tries.ts';

/** What the facts of a strategy's step can fill: it knows accounts, but no promise, plan or payment. */
const contextOfSteps: TemplateContext = 'overdue';

/** A template is about one thing in every language and channel, and a step names only what it can fill. */
export function contextErrors(
  strategies: readonly Sourced<Strategy>[],
  templates: readonly ReadTemplate[],
): ConfigError[] {
  const contexts = contextsByName(templates);
  return [...strayContexts(templates, contexts), ...misnamedTemplates(strategies, contexts)];
}

/** The context of each template name: that of its text in the fallback language, else of any. */
function contextsByName(templates: readonly ReadTemplate[]): ReadonlyMap<string, TemplateContext> {
  const contexts = new Map<string, TemplateContext>();
  for (const { template } of templates) {
    if (template.locale === fallbackLocale || !contexts.has(template.name))
      contexts.set(template.name, template.context);
  }
  return contexts;
}

function strayContexts(
  templates: readonly ReadTemplate[],
  contexts: ReadonlyMap<string, TemplateContext>,
): ConfigError[] {
  return templates.flatMap(({ file, template: { name, context } }) => {
    const expected = contexts.get(name) ?? context;
    if (context === expected) return [];
    const problem = `is ${context}, but "${name}" is about ${expected} elsewhere`;
    return [
      { file, line: 1, field: 'context', problem, fix: `write context: ${expected}, or rename the file` },
    ];
  });
}

function misnamedTemplates(
  strategies: readonly Sourced<Strategy>[],
  contexts: ReadonlyMap<string, TemplateContext>,
): ConfigError[] {
  return strategies.flatMap((source) =>
    namedTemplates(source.value).flatMap(({ name, path }) => {
      const context = contexts.get(name);
      if (context === undefined || context === contextOfSteps) return [];
      const problem = `names "${name}", whose text is about ${context}: a step cannot fill it`;
      return [errorAt(source, path, { problem, fix: `name a template of context ${contextOfSteps}` })];
    }),
  );
}
