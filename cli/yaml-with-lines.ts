import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ParsedNode,
} from 'yaml';
import type * as z from 'zod';
import { describeIssue } from './describe-issue.ts';

/** One thing that is wrong with a configuration file: where, what, and what to do about it. Lines count from 1. */
export interface FileProblem {
  readonly line: number;
  /** Path of the field, `stages[0].steps[2].channel`; empty when it concerns the file as a whole. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

export type ReadResult<T> =
  | { readonly ok: true; readonly value: T; readonly lineOf: LineOf }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** The line that a field stands on, or that of its nearest surrounding field when it is missing. */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** Longest configuration file, in characters. */
const fileLengthMax = 1_000_000;
/** Most nodes that the aliases of one file may stand for in all. */
const aliasCountMax = 10_000;

/**
 * Reads YAML 1.2 for people who edit files by hand: what they are likely to do wrong (a key twice, a tab, an unknown or
 * missing field, a wrong type) is told with its line. Anchors and aliases are refused: a file must show what it says, and
 * nested aliases can grow a few lines to gigabytes. Files that programs write may have them: `expanded` takes a bounded
 * number.
 *
 * @param firstLine line of the file on which the text begins, for YAML inside another file.
 */
export function readYaml<S extends z.ZodType>(
  text: string,
  schema: S,
  firstLine = 1,
  aliases: 'refused' | 'expanded' = 'refused',
): ReadResult<z.output<S>> {
  const parsed = parseText(text, firstLine, aliases);
  if (!parsed.ok) return parsed;
  const { value, lineOf } = parsed;
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) return { ok: true, value: checked.data, lineOf };
  return { ok: false, problems: schemaProblems(checked.error, schema, lineOf) };
}

function parseText(text: string, firstLine: number, aliases: 'refused' | 'expanded'): ReadResult<unknown> {
  if (text.length > fileLengthMax) {
    return refuse(firstLine, `is longer than ${fileLengthMax} characters`, 'split it into several files');
  }
  const lines = new LineCounter();
  const parsed = parseSafely(text, lines);
  if (!parsed.ok) return refuse(firstLine, parsed.problem, 'write fewer levels');
  const { document } = parsed;
  const toLine = (offset: number): number => lines.linePos(offset).line + firstLine - 1;
  const unwanted = aliases === 'refused' ? aliasProblems(document, toLine) : [];
  const syntax = [...syntaxProblems(document, toLine), ...unwanted];
  if (syntax.length > 0) return { ok: false, problems: syntax };
  const read = valueOf(document);
  if (!read.ok) return refuse(firstLine, read.problem, 'write values out instead of repeating aliases');
  return { ok: true, value: read.value, lineOf: (path) => lineAt(document, path, toLine) ?? firstLine };
}

function schemaProblems(error: z.ZodError, schema: z.ZodType, lineOf: LineOf): FileProblem[] {
  return error.issues.flatMap((issue) =>
    describeIssue(issue, schema).map(({ path, problem, fix }) => ({
      line: lineOf(path),
      field: fieldName(path),
      problem,
      fix,
    })),
  );
}

/** A path as people write it: `stages[0].steps[2].channel`. */
export function fieldName(path: readonly PropertyKey[]): string {
  let name = '';
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else name += name === '' ? String(part) : `.${String(part)}`;
  }
  return name;
}

function refuse(line: number, problem: string, fix: string): ReadResult<never> {
  return { ok: false, problems: [{ line, field: '', problem, fix }] };
}

type Parsed =
  | { readonly ok: true; readonly document: Document.Parsed }
  | { readonly ok: false; readonly problem: string };

function parseSafely(text: string, lineCounter: LineCounter): Parsed {
  try {
    const options = {
      lineCounter,
      uniqueKeys: true,
      strict: true,
      prettyErrors: false,
      version: '1.2',
    } as const;
    return { ok: true, document: parseDocument(text, options) };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, problem: 'is nested too deeply' };
    throw error;
  }
}

function valueOf(document: Document.Parsed): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    const value: unknown = document.toJS({ maxAliasCount: aliasCountMax });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof ReferenceError) return { ok: false, problem: error.message };
    throw error;
  }
}

const problems: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'has the same field twice',
  TAB_AS_INDENT: 'is indented by a tab',
  MULTIPLE_DOCS: 'begins a second document',
};
const fixes: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'remove one of the two',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'put the second document into a file of its own',
  TAG_RESOLVE_FAILED: 'remove the tag',
};

/** What follows upon a first syntax error is mostly its echo; fields that are there twice stand for themselves. */
function syntaxProblems(document: Document.Parsed, toLine: (offset: number) => number): FileProblem[] {
  return [...document.errors, ...document.warnings]
    .filter(({ code }, index) => index === 0 || code === 'DUPLICATE_KEY')
    .map(({ code, message, pos }) => ({
      line: toLine(pos[0]),
      field: '',
      problem: problems[code] ?? `is not valid YAML: ${message}`,
      fix: fixes[code] ?? 'correct the YAML at this line',
    }));
}

function aliasProblems(document: Document.Parsed, toLine: (offset: number) => number): FileProblem[] {
  const found: FileProblem[] = [];
  visit(document, {
    Alias: (_key, alias) => {
      found.push({
        line: toLine(alias.range?.[0] ?? 0),
        field: '',
        problem: `uses the alias *${alias.source}`,
        fix: 'write the value out: anchors and aliases are not permitted',
      });
    },
  });
  return found;
}

function lineAt(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  toLine: (offset: number) => number,
): number | undefined {
  let node: ParsedNode | null = document.contents;
  let line = node === null ? undefined : toLine(node.range[0]);
  for (const part of path) {
    const child = childOf(node, part);
    if (child === undefined) break;
    line = toLine(child.offset);
    node = child.node;
  }
  return line;
}

function childOf(
  node: ParsedNode | null,
  part: PropertyKey,
): { offset: number; node: ParsedNode | null } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
    );
    return pair && { offset: pair.key.range[0], node: pair.value };
  }
  if (isSeq(node) && typeof part === 'number') {
    const item = node.items[part];
    return item && { offset: item.range[0], node: item };
  }
  return undefined;
}
