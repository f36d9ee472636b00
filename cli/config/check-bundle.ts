import type { AccountDecisions } from '#shared/contracts/account-decisions.ts';
import type { AgreementRules } from '#shared/contracts/agreement-rules.ts';
import type { HoldRules } from '#shared/contracts/hold-rules.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Experiment } from '#shared/contracts/experiment.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Agency, Queue } from '#shared/contracts/queue.ts';
import type { ReplyRules, ReplySettings } from '#shared/contracts/reply-words.ts';
import type { Segments } from '#shared/contracts/segments.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import type { TemplateWords } from '#shared/contracts/template.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { agreementErrors, holdErrors, peopleQueueErrors } from './check-agreements.ts';
import { checkExperiments } from './check-experiments.ts';
import { contextErrors } from './check-contexts.ts';
import { creditorErrors } from './check-creditors.ts';
import { lengthErrors } from './check-lengths.ts';
import { lockScreenErrors } from './check-lock-screens.ts';
import { unknownNames } from './check-names.ts';
import { ownTextErrors } from './check-own-texts.ts';
import { unknownSegments } from './check-segments.ts';
import { checkStrategies } from './check-strategies.ts';
import { textPathOf } from './text-path.ts';
import { namedTemplates } from './step-tries.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import type { ReadTemplate } from './read-templates.ts';

/** Everything of a configuration that was read without an error of its own. */
export interface FoundConfig {
  readonly strategies: readonly Sourced<Strategy>[];
  readonly creditors: readonly Sourced<Creditor>[];
  readonly accounts: readonly Sourced<AccountDecisions>[];
  readonly queues: readonly Sourced<Queue>[];
  readonly agencies: readonly Sourced<Agency>[];
  readonly segments: readonly Sourced<Segments>[];
  readonly experiments: readonly Sourced<Experiment>[];
  readonly limits: Limits;
  readonly agreements: Sourced<AgreementRules>;
  readonly holds: Sourced<HoldRules>;
  readonly replySettings: Sourced<ReplySettings>;
  readonly replies: ReplyRules;
  readonly templates: readonly ReadTemplate[];
  /** By locale. */
  readonly words: ReadonlyMap<string, TemplateWords>;
}

/** What no single file can show: that the files fit together. */
export function checkBundle(found: FoundConfig): ConfigError[] {
  const { strategies, creditors, limits, templates, words } = found;
  return [
    ...missingTemplates(strategies, templates),
    ...checkStrategies(strategies),
    ...unknownNames(found),
    ...unknownSegments(found),
    ...creditorErrors(creditors),
    ...agreementErrors(found),
    ...holdErrors(found),
    ...peopleQueueErrors(found),
    ...ownTextErrors(found),
    ...checkExperiments(found.experiments, strategies),
    ...contextErrors(strategies, templates),
    ...lengthErrors(
      templates,
      creditors.map(({ value }) => value),
      limits,
    ),
    ...lockScreenErrors(templates, creditors, words),
  ];
}

/** Each step and fallback names a template that exists at least in the language that everybody falls back to. */
function missingTemplates(
  strategies: readonly Sourced<Strategy>[],
  templates: readonly ReadTemplate[],
): ConfigError[] {
  const existing = new Set(
    templates.map(({ template }) => templateKey(template.locale, template.channel, template.name)),
  );
  const errors: ConfigError[] = [];
  for (const source of strategies) {
    for (const { name, channel, path } of namedTemplates(source.value)) {
      if (existing.has(templateKey(fallbackLocale, channel, name))) continue;
      errors.push(
        errorAt(source, path, {
          problem: `names "${name}", which has no text for ${channel} in ${fallbackLocale}`,
          fix: `add ${textPathOf({ name, channel, locale: fallbackLocale })} or name another`,
        }),
      );
    }
  }
  return errors;
}

function templateKey(locale: string, channel: Channel, name: string): string {
  return `${locale}/${channel}/${name}`;
}
