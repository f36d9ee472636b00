import type { TemplateContext, TemplateVariable, TemplateWords } from '#shared/contracts/template.ts';
import type { Comparison } from '#shared/core/render/liquid-expression.ts';
import { parseLiquid, type ParsedLiquid } from '#shared/core/render/parse-liquid.ts';
import { templateValues } from '#shared/core/render/template-values.ts';
import { elementErrors } from './check-elements.ts';
import { wordingErrors } from './check-wording.ts';
import { renderingsOf } from './checked-template.ts';
import type { ConfigError } from './config-error.ts';
import type { ReadTemplate, SourcePart } from './read-templates.ts';
import { sampleCreditor, sampleFacts, samplePeople } from './sample-facts.ts';
import { variationsMax, variationsOf, type Variation } from './sample-variations.ts';
import { untakenBranches } from './untaken-branches.ts';

/** A part of a template and what its reading gave. */
interface ParsedPart {
  readonly part: SourcePart;
  readonly parsed: ParsedLiquid;
}

/**
 * Checks what a text says as far as a machine can: that it renders, contains what it declares whatever its facts are,
 * threatens nobody, writes out no amount or date, and lets no third party learn of a debt in the parts that others may
 * see or hear.
 */
export function checkTemplate(read: ReadTemplate, words: TemplateWords | undefined): ConfigError[] {
  const { context } = read.template;
  const parts = read.parts.map((part) => ({ part, parsed: parseLiquid(part.source, context) }));
  const errors = parts.flatMap(({ part, parsed }) =>
    parsed.problems.map(({ line, problem, fix }) => ({
      file: read.file,
      line: part.firstLine + line - 1,
      field: part.part,
      problem,
      fix,
    })),
  );
  // What a text says can be judged only when it can be read.
  if (errors.length > 0) return errors;
  const variations = variationsFor(read, parts);
  if (variations === null) {
    const problem = `makes choices that combine to more than ${variationsMax} texts`;
    return [{ file: read.file, line: 1, field: '', problem, fix: 'write several templates' }];
  }
  const subject = {
    ...read,
    checked: parts.map(({ part, parsed }) => ({ ...part, variables: parsed.variables })),
    renderings: renderingsOf(read, variations),
    words,
  };
  return [...unsaidErrors(read, parts, variations), ...elementErrors(subject), ...wordingErrors(subject)];
}

function variationsFor(
  { template: { locale, context } }: ReadTemplate,
  parts: readonly ParsedPart[],
): readonly Variation<TemplateContext>[] | null {
  const address = { locale, creditor: sampleCreditor, debtor: samplePeople(locale).long };
  const compared = parts.flatMap(({ parsed }) => parsed.comparisons);
  const named = new Set(parts.flatMap(({ parsed }) => [...parsed.variables]));
  const empties = mayBeEmpty.filter((name) => named.has(name));
  return variationsOf(sampleFacts(context, address), [
    ...compared,
    ...empties.map((variable): Comparison => ({ variable, literal: '' })),
  ]);
}

/** Amounts that say nothing under some facts, whether or not the text asks. */
const mayBeEmpty: readonly TemplateVariable[] = ['remainingAmount'];

function unsaidErrors(
  { file }: ReadTemplate,
  parts: readonly ParsedPart[],
  variations: readonly Variation<TemplateContext>[],
): ConfigError[] {
  const values = variations.map(({ facts }) => templateValues(facts));
  return parts.flatMap(({ part, parsed }) =>
    untakenBranches(parsed.nodes, values).map(({ at }) => ({
      file,
      line: part.firstLine + part.source.slice(0, at).split('\n').length - 1,
      field: part.part,
      problem: 'has a branch that no facts lead to, as far as the check can tell',
      fix: 'take it out, or decide it by a number, a name, or an amount that may be empty or equal to another',
    })),
  );
}
