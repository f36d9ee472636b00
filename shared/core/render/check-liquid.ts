import { LiquidError } from 'liquidjs';
import { templateVariables, type TemplateVariable } from '#shared/contracts/template.ts';
import { liquidEngine, permittedFilters, permittedTags } from './liquid.ts';

/** What is wrong with a part of a template, where (lines and columns from 1), and what to do about it. */
export interface LiquidProblem {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  readonly fix: string;
}

/** What a part of a template names, and what may not stay in it. */
export interface LiquidCheck {
  readonly variables: ReadonlySet<TemplateVariable>;
  readonly problems: readonly LiquidProblem[];
}

/**
 * Reads a part of a template without rendering it: syntax, tags and filters that are not permitted, and variables that
 * no message has. A source without problems renders for every person.
 */
export function checkLiquid(source: string): LiquidCheck {
  try {
    return checkVariables(source);
  } catch (error) {
    if (LiquidError.is(error)) return { variables: new Set(), problems: [syntaxProblem(error)] };
    const problem = error instanceof Error ? error.message : String(error);
    return { variables: new Set(), problems: [{ line: 1, column: 1, problem, fix: 'shorten the text' }] };
  }
}

const known = new Set<string>(templateVariables);

function isTemplateVariable(name: string): name is TemplateVariable {
  return known.has(name);
}

function checkVariables(source: string): LiquidCheck {
  const { variables } = liquidEngine('none').parseAndAnalyzeSync(source);
  const used = new Set<TemplateVariable>();
  const problems = rangeProblems(source);
  for (const [name, places] of Object.entries(variables)) {
    for (const place of places) {
      const path = place.segments.map(String).join('.');
      if (path === name && isTemplateVariable(name)) {
        used.add(name);
      } else {
        problems.push({
          line: place.location.row,
          column: place.location.col,
          problem: `the variable "${path}" does not exist`,
          fix: `use one of ${templateVariables.join(', ')}`,
        });
      }
    }
  }
  return { variables: used, problems };
}

/** A range such as `(1..100000)` would be written out number by number. */
const range = /\{[{%][^}]*?\([^)}]*\.\./gu;

function rangeProblems(source: string): LiquidProblem[] {
  return Array.from(source.matchAll(range), (match) => ({
    ...placeOf(source, match.index),
    problem: 'a range (a..b) is not permitted',
    fix: 'write the text out',
  }));
}

function placeOf(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function syntaxProblem(error: LiquidError): LiquidProblem {
  const [, problem = error.message, line = '1', column = '1'] =
    /^(.*), line:(\d+), col:(\d+)$/su.exec(error.message) ?? [];
  return { line: Number(line), column: Number(column), problem, fix: fixFor(problem) };
}

function fixFor(problem: string): string {
  if (problem.startsWith('undefined filter')) return `use only the filters ${permittedFilters.join(', ')}`;
  if (/^tag ".*" not found/u.test(problem))
    return `use only the tags ${permittedTags.join(', ')} with their else and end`;
  if (problem.endsWith('not closed'))
    return 'close it: {{ … }} for a value, {% endif %} and the like for a tag';
  return 'see docs/templates.md for what a template may contain';
}
