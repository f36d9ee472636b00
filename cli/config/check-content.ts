import type { Creditor } from '#shared/contracts/creditor.ts';
import type { Strategy } from '#shared/contracts/strategy.ts';
import type { CompiledPacks } from '#shared/core/permission/compile-packs.ts';
import type { Instant } from '#shared/kernel/instant.ts';
import { narrowestFirst } from './check-strategies.ts';
import { errorAt, type ConfigError, type Sourced } from './config-error.ts';
import { contentVerdicts, verdictWords, type ContentVerdict } from './content-rules.ts';
import type { ReadTemplate } from './read-templates.ts';
import { fileNameOf } from './text-path.ts';
import { namedTemplates, type NamedTemplate } from './step-tries.ts';

/** What content rules are held against: which texts, for whom, and the day on which rules must be in force. */
interface ContentCheck {
  readonly strategies: readonly Sourced<Strategy>[];
  readonly creditors: readonly Creditor[];
  readonly templates: readonly ReadTemplate[];
  readonly packs: CompiledPacks;
  readonly at: Instant;
}

/**
 * Steps that could never be made: the text that they name lacks, in some language, what a content rule asks of every
 * message of a creditor that the strategy can serve. Packs that bind by residence or number bind some people only: for
 * them `dunwell templates preview` lists what each text meets.
 */
export function contentErrors(check: ContentCheck): ConfigError[] {
  return check.strategies.flatMap((source) =>
    namedTemplates(source.value).flatMap((named) =>
      check.templates
        .filter(({ template }) => template.name === named.name && template.channel === named.channel)
        .flatMap((read) => refusals(check, source, { named, read })),
    ),
  );
}

interface NamedText {
  readonly named: NamedTemplate;
  readonly read: ReadTemplate;
}

/** One error for each rule, with the first creditor and product for which it refuses the text. */
function refusals(check: ContentCheck, source: Sourced<Strategy>, text: NamedText): ConfigError[] {
  const { named, read } = text;
  const found = new Map<string, ConfigError>();
  for (const { creditor, product } of served(check, source.value)) {
    for (const verdict of failing(check, text, { creditor, product })) {
      if (found.has(verdict.rule)) continue;
      const forProduct = product === undefined ? '' : ` on product ${product}`;
      const problem =
        `names "${named.name}", whose text for ${named.channel} in ${read.template.locale} the rule ${verdict.rule} would always ` +
        `refuse for creditor ${creditor.creditor}${forProduct}: ${verdictWords(verdict)}`;
      const fix = `correct ${fileNameOf(read)} and its elements, or name another template`;
      found.set(verdict.rule, errorAt(source, named.path, { problem, fix }));
    }
  }
  return [...found.values()];
}

interface Served {
  readonly creditor: Creditor;
  /** Absent where the strategy is for any: then only rules for all products refuse always. */
  readonly product: string | undefined;
}

function served({ strategies, creditors }: ContentCheck, strategy: Strategy): readonly Served[] {
  return creditors
    .filter(({ creditor }) => canServe(strategy, creditor, strategies))
    .flatMap((creditor) =>
      (strategy.products ?? [undefined]).map((product): Served => ({ creditor, product })),
    );
}

/** A strategy for every creditor does not get to those that another one before it serves with all of their accounts. */
function canServe(strategy: Strategy, creditor: string, all: readonly Sourced<Strategy>[]): boolean {
  if (strategy.creditors !== undefined) return strategy.creditors.includes(creditor);
  return !all.some(
    ({ value }) => servesAllOf(creditor, value) && narrowestFirst([strategy, value])[0] === value,
  );
}

function servesAllOf(creditor: string, strategy: Strategy): boolean {
  const { creditors, products, segments, when, challenger, effective } = strategy;
  const narrowedBy = [products, segments, when, challenger, effective];
  return creditors?.includes(creditor) === true && narrowedBy.every((one) => one === undefined);
}

/** A product that no rule names. */
const anyProduct = '';

function failing(
  { packs, at }: ContentCheck,
  { named: { step }, read: { template } }: NamedText,
  { creditor, product }: Served,
): readonly ContentVerdict[] {
  const verdicts = contentVerdicts(
    {
      elements: template.elements,
      channel: template.channel,
      purpose: step.purpose,
      party: creditor.party,
      at,
      product: product ?? anyProduct,
      daysPastDue: step.daysPastDue,
      by: { jurisdiction: { institution: creditor.country } },
    },
    packs,
  );
  return verdicts.filter(({ verdict, bindsInstitution }) => verdict === 'failed' && bindsInstitution);
}
