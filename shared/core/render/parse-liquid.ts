import type { TemplateContext, TemplateVariable } from '#shared/contracts/template.ts';
import {
  readCondition,
  readValue,
  type Comparison,
  type ValueTest,
  type ValueText,
} from './liquid-expression.ts';
import { liquidWords, type Complaint, type LiquidWord } from './liquid-words.ts';

/** What is wrong with a part of a template, where (lines and columns from 1), and what to do about it. */
export interface LiquidProblem extends Complaint {
  readonly line: number;
  readonly column: number;
}

/** A piece of a text: words as they stand, a value, or a choice of which the first branch whose test holds is said. */
export type LiquidNode = string | ValueText | readonly LiquidBranch[];
export interface LiquidBranch {
  /** Where in the source its tag stands. */
  readonly at: number;
  readonly test: ValueTest;
  readonly body: LiquidNode[];
}

/** A text without problems says something for every person. */
export interface ParsedLiquid {
  readonly nodes: readonly LiquidNode[];
  readonly variables: ReadonlySet<TemplateVariable>;
  /** Everything that its conditions compare. */
  readonly comparisons: readonly Comparison[];
  readonly problems: readonly LiquidProblem[];
}

/** A choice that is being read. */
interface OpenChoice {
  readonly tag: 'if' | 'unless';
  readonly at: number;
  readonly branches: LiquidBranch[];
  elseSeen: boolean;
}
interface Reading {
  readonly context: TemplateContext;
  readonly nodes: LiquidNode[];
  readonly open: OpenChoice[];
  readonly variables: Set<TemplateVariable>;
  readonly comparisons: Comparison[];
}

/**
 * Reads the part of the liquid language that texts may use: values with a few filters, and `if`, `elsif`, `else` and
 * `unless` over comparisons. No loops, no assignments, no includes, no arithmetic: a text can only choose its words.
 *
 * It is read here and not by liquidjs, whose 80 KB take longer to load in a cold start than everything else that renders;
 * a property test holds both to the same results. A text may name the variables of its context only.
 */
export function parseLiquid(source: string, context: TemplateContext): ParsedLiquid {
  const reading: Reading = { context, nodes: [], open: [], variables: new Set(), comparisons: [] };
  const problems: LiquidProblem[] = [];
  const complain = (complaint: Complaint | undefined, at: number): void => {
    if (complaint !== undefined) problems.push({ ...placeOf(source, at), ...complaint });
  };
  for (const piece of piecesOf(source)) complain(takePiece(reading, piece), piece.at);
  for (const { tag, at } of reading.open) {
    complain({ problem: `{% ${tag} %} is not closed`, fix: `add {% end${tag} %}` }, at);
  }
  const { nodes, variables, comparisons } = reading;
  return { nodes, variables, comparisons, problems };
}

interface Piece {
  readonly kind: 'text' | 'value' | 'tag';
  readonly inner: string;
  readonly at: number;
}

const markup =
  /\{\{(?<trimBefore>-?)(?<value>.*?)(?<trimAfter>-?)\}\}|\{%(?<tagBefore>-?)(?<tag>.*?)(?<tagAfter>-?)%\}/gsu;

const openBrace = /\{[{%]/u;

/** Splits a source at its braces; a dash inside them takes away the white space on its side. */
function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let trimNext = false;
  const addText = (to: number, trimEnd: boolean): void => {
    const whole = source.slice(end, to);
    const left = trimNext ? whole.trimStart() : whole;
    // Where a brace is left open is what the author looks for.
    const at = end + Math.max(0, whole.search(openBrace));
    pieces.push({ kind: 'text', inner: trimEnd ? left.trimEnd() : left, at });
  };
  for (const match of source.matchAll(markup)) {
    const { trimBefore, value, trimAfter, tagBefore, tag = '', tagAfter } = match.groups ?? {};
    addText(match.index, (trimBefore ?? tagBefore) === '-');
    pieces.push({ kind: value === undefined ? 'tag' : 'value', inner: value ?? tag, at: match.index });
    trimNext = (trimAfter ?? tagAfter) === '-';
    end = match.index + match[0].length;
  }
  addText(source.length, false);
  return pieces;
}

function takePiece(reading: Reading, piece: Piece): Complaint | undefined {
  switch (piece.kind) {
    case 'text':
      return takeText(reading, piece.inner);
    case 'value':
      return takeValue(reading, piece.inner);
    case 'tag':
      return takeTag(reading, piece);
  }
}

function bodyOf({ open, nodes }: Reading): LiquidNode[] {
  return open.at(-1)?.branches.at(-1)?.body ?? nodes;
}

function takeText(reading: Reading, text: string): Complaint | undefined {
  if (openBrace.test(text)) return { problem: 'a {{ or {% is not closed', fix: 'close it by }} or %}' };
  if (text !== '') bodyOf(reading).push(text);
  return undefined;
}

function takeValue(reading: Reading, inner: string): Complaint | undefined {
  const value = readValue(inner, reading.context);
  if ('problem' in value) return value;
  for (const name of value.variables) reading.variables.add(name);
  bodyOf(reading).push(value.read);
  return undefined;
}

/** The words of a tag and where it stands. */
interface TagWords {
  readonly words: readonly LiquidWord[];
  readonly at: number;
}
type TakeTag = (reading: Reading, tag: TagWords) => Complaint | undefined;

const tags: Readonly<Record<string, TakeTag>> = {
  if: (reading, tag) => takeStart(reading, 'if', tag),
  unless: (reading, tag) => takeStart(reading, 'unless', tag),
  elsif: (reading, tag) =>
    takeElse(reading, { at: tag.at, condition: readCondition(tag.words, reading.context), isLast: false }),
  else: (reading, { at }) =>
    takeElse(reading, { at, condition: { read: () => true, comparisons: [] }, isLast: true }),
  endif: (reading) => takeEnd(reading, 'if'),
  endunless: (reading) => takeEnd(reading, 'unless'),
};

function takeTag(reading: Reading, { inner, at }: Piece): Complaint | undefined {
  const name = /^\s*(\w*)/u.exec(inner)?.[1] ?? '';
  const take = Object.hasOwn(tags, name) ? tags[name] : undefined;
  if (take === undefined) {
    const fix = 'use only if, elsif, else, unless, and their end';
    return { problem: `{% ${inner.trim()} %} is not permitted`, fix };
  }
  const words = liquidWords(inner.trimStart().slice(name.length));
  return 'problem' in words ? words : take(reading, { words, at });
}

function takeStart(reading: Reading, tag: OpenChoice['tag'], { words, at }: TagWords): Complaint | undefined {
  const choice: OpenChoice = { tag, at, branches: [], elseSeen: false };
  const complaint = addBranch(reading, choice, { at, condition: readCondition(words, reading.context) });
  bodyOf(reading).push(choice.branches);
  reading.open.push(choice);
  return complaint;
}

interface BranchStart {
  readonly at: number;
  readonly condition: ReturnType<typeof readCondition>;
}

function addBranch(
  reading: Reading,
  choice: OpenChoice,
  { at, condition }: BranchStart,
): Complaint | undefined {
  const isFirstOfUnless = choice.tag === 'unless' && choice.branches.length === 0;
  const read: ValueTest = 'problem' in condition ? () => false : condition.read;
  choice.branches.push({ at, test: isFirstOfUnless ? (values) => !read(values) : read, body: [] });
  if ('problem' in condition) return condition;
  reading.comparisons.push(...condition.comparisons);
  for (const { variable } of condition.comparisons) reading.variables.add(variable);
  return undefined;
}

function takeElse(
  reading: Reading,
  { isLast, ...start }: BranchStart & { readonly isLast: boolean },
): Complaint | undefined {
  const choice = reading.open.at(-1);
  if (choice === undefined || choice.elseSeen)
    return { problem: 'an else belongs to no if', fix: 'remove it' };
  choice.elseSeen = isLast;
  return addBranch(reading, choice, start);
}

function takeEnd(reading: Reading, tag: OpenChoice['tag']): Complaint | undefined {
  if (reading.open.at(-1)?.tag !== tag)
    return { problem: `{% end${tag} %} closes nothing`, fix: 'remove it' };
  reading.open.pop();
  return undefined;
}

function placeOf(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
