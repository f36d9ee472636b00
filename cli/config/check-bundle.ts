import type { AccountDecisions } from '#shared/contracts/account-decisions.ts';
import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Agency, Queue } from '#shared/contracts/queue.ts';
import type { Segments } from '#shared/contracts/segments.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import { compileTemplates } from '#shared/core/render/compile-templates.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { renderSms } from '#shared/core/render/render.ts';
import { templateValues } from '#shared/core/render/template-values.ts';
import { unknownNames } from './check-names.ts';
import { unknownSegments } from './check-segments.ts';
import { checkStrategies } from './check-strategies.ts';
import { namedTemplates } from './step-tries.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import type { ReadTemplate } from './read-templates.ts';
import { sampleMessage } from './sample-message.ts';

/** Everything of a configuration that was read without an error of its own. */
export interface FoundConfig {
  readonly strategies: readonly Sourced<Strategy>[];
  readonly creditors: readonly Sourced<Creditor>[];
  readonly accounts: readonly Sourced<AccountDecisions>[];
  readonly queues: readonly Sourced<Queue>[];
  readonly agencies: readonly Sourced<Agency>[];
  readonly segments: readonly Sourced<Segments>[];
  readonly limits: Limits;
  readonly templates: readonly ReadTemplate[];
}

/** What no single file can show: that the files fit together. */
export function checkBundle(found: FoundConfig): ConfigError[] {
  const { strategies, creditors, limits, templates } = found;
  return [
    ...missingTemplates(strategies, templates),
    ...checkStrategies(strategies),
    ...unknownNames(found),
    ...unknownSegments(found),
    ...longMessages(templates, creditors, limits),
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
          fix: `add templates/${fallbackLocale}/${name}${suffixes[channel]} or name another`,
        }),
      );
    }
  }
  return errors;
}

const suffixes = { sms: '.sms.liquid', email: '.email.mjml', call: '.voice.yaml' } as const satisfies Record<
  Channel,
  string
>;

function templateKey(locale: string, channel: Channel, name: string): string {
  return `${locale}/${channel}/${name}`;
}

/** Text messages that would come out longer than the limit for some creditor, with a rather long name and amount. */
function longMessages(
  templates: readonly ReadTemplate[],
  creditors: readonly Sourced<Creditor>[],
  limits: Limits,
): ConfigError[] {
  const errors: ConfigError[] = [];
  const { sms } = compileTemplates(templates.map(({ template }) => template));
  for (const { file, template, parts } of templates) {
    const compiled = sms.get(`${template.locale}/${template.name}`);
    if (template.channel !== 'sms' || compiled === undefined) continue;
    const lengths = creditors.map(
      ({ value }) => renderSms(compiled, templateValues(sampleMessage(template.locale, value))).segments,
    );
    const segments = Math.max(0, ...lengths);
    if (segments <= limits.smsSegmentsMax) continue;
    const problem = `comes out in ${segments} segments; limits.yaml allows ${limits.smsSegmentsMax}`;
    errors.push({ file, line: parts[0]?.firstLine ?? 1, field: 'body', problem, fix: 'shorten the text' });
  }
  return errors;
}
