import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Limits } from '#shared/contracts/limits.ts';
import type { Channel } from '#shared/contracts/primitives.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import type { TemplateWords } from '#shared/contracts/template.ts';
import { fallbackLocale } from '#shared/core/render/locale-chain.ts';
import { contextErrors } from './check-contexts.ts';
import { lengthErrors } from './check-lengths.ts';
import { lockScreenErrors } from './check-lock-screens.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import { namedTemplates } from './named-templates.ts';
import type { ReadTemplate } from './read-templates.ts';

/** Everything of a configuration that was read without an error of its own. */
export interface FoundConfig {
  readonly strategies: readonly Sourced<Strategy>[];
  readonly creditors: readonly Sourced<Creditor>[];
  readonly limits: Limits;
  readonly templates: readonly ReadTemplate[];
  /** By locale. */
  readonly words: ReadonlyMap<string, TemplateWords>;
}

/** What no single file can show: that the files fit together. */
export function checkBundle(found: FoundConfig): ConfigError[] {
  const { strategies, creditors, limits, templates, words } = found;
  return [
    ...missingTemplates(strategies, templates),
    ...ambiguousStrategies(strategies),
    ...unknownCreditors(strategies, creditors),
    ...strategies.flatMap(stepsOnOneDay),
    ...contextErrors(strategies, templates),
    ...lengthErrors(
      templates,
      creditors.map(({ value }) => value),
      limits,
    ),
    ...lockScreenErrors(templates, creditors, words),
  ];
}

/** The order in which strategies are tried: those that name creditors, then those that name products, then the rest. */
export function narrowestFirst(strategies: readonly Strategy[]): Strategy[] {
  return [...strategies].sort(
    (a, b) => specificityOf(b) - specificityOf(a) || (a.strategy < b.strategy ? -1 : 1),
  );
}

function specificityOf(strategy: Strategy): number {
  return (strategy.creditors === undefined ? 0 : 2) + (strategy.products === undefined ? 0 : 1);
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

/**
 * The narrowest strategy that matches an account is the one in force, so two equally narrow ones must not match the same
 * account: which of them wins would hang on a file's name.
 */
function ambiguousStrategies(strategies: readonly Sourced<Strategy>[]): ConfigError[] {
  const errors: ConfigError[] = [];
  for (const [index, later] of strategies.entries()) {
    for (const earlier of strategies.slice(0, index)) {
      if (!overlap(earlier.value, later.value)) continue;
      errors.push(
        errorAt(later, ['strategy'], {
          problem: `matches the same accounts as "${earlier.value.strategy}"`,
          fix: 'narrow one of the two by `products` or `creditors`',
        }),
      );
    }
  }
  return errors;
}

function overlap(a: Strategy, b: Strategy): boolean {
  return (
    specificityOf(a) === specificityOf(b) &&
    shares(a.creditors, b.creditors) &&
    shares(a.products, b.products)
  );
}

function shares(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((id) => b.includes(id));
}

/** A step takes the place of the one before it as soon as its day begins, so the first of two on one day is never made. */
function stepsOnOneDay(source: Sourced<Strategy>): ConfigError[] {
  const errors: ConfigError[] = [];
  const taken = new Map<number, string>();
  for (const [stageIndex, stage] of source.value.stages.entries()) {
    for (const [stepIndex, { id, daysPastDue }] of stage.steps.entries()) {
      const other = taken.get(daysPastDue);
      if (other !== undefined) {
        errors.push(
          errorAt(source, ['stages', stageIndex, 'steps', stepIndex, 'daysPastDue'], {
            problem: `is day ${daysPastDue}, which step "${other}" has already`,
            fix: 'give each step a day of its own',
          }),
        );
      }
      taken.set(daysPastDue, id);
    }
  }
  return errors;
}

/** A strategy for a creditor without a file would never be used: most likely the name is misspelt. */
function unknownCreditors(
  strategies: readonly Sourced<Strategy>[],
  creditors: readonly Sourced<Creditor>[],
): ConfigError[] {
  const known = new Set(creditors.map(({ value }) => value.creditor));
  return strategies.flatMap((source) =>
    (source.value.creditors ?? []).flatMap((creditor, index) =>
      known.has(creditor)
        ? []
        : [
            errorAt(source, ['creditors', index], {
              problem: `is "${creditor}", which has no file in creditors/`,
              fix: `add creditors/${creditor}.yaml or use one of ${[...known].join(', ')}`,
            }),
          ],
    ),
  );
}
