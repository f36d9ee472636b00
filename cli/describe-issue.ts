import type * as z from 'zod';
import { jsonSchemaOf, nodesAt } from './schema-nodes.ts';

/** A schema's complaint in words that the file's editor can act on. */
export interface DescribedIssue {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
  readonly fix: string;
}

type Issue = z.core.$ZodIssue;

/** Turns one issue into sentences; each unknown field becomes one of its own, so that each has its line. */
export function describeIssue(issue: Issue, schema: z.ZodType): DescribedIssue[] {
  if (issue.code === 'unrecognized_keys') {
    const fix = fixForUnknown(schema, issue.path);
    return issue.keys.map((key) => ({ path: [...issue.path, key], problem: 'is not a known field', fix }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return nearestBranch(issue.errors).flatMap((inner) =>
      describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema),
    );
  }
  if (issue.code === 'invalid_key') {
    const fix = issue.issues.map(({ message }) => message).join('; ');
    return [{ path: issue.path, problem: 'is no name that may stand here', fix }];
  }
  return [
    { path: issue.path, problem: problemOf(issue), fix: `${fixFor(issue)}${meaning(schema, issue.path)}` },
  ];
}

/** Of a union's branches the one with the fewest complaints: most likely the one that was meant. */
function nearestBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] {
  return [...errors].sort((a, b) => a.length - b.length)[0] ?? [];
}

function problemOf(issue: Issue): string {
  if (issue.code === 'custom') return issue.message;
  const input = issue.code === 'invalid_union' ? discriminatorIn(issue) : issue.input;
  return input === undefined ? 'is missing' : `is ${shown(input)}`;
}

function discriminatorIn(issue: z.core.$ZodIssueInvalidUnion): unknown {
  const { input, discriminator } = issue;
  if (discriminator === undefined || typeof input !== 'object' || input === null) return input;
  return Object.entries(input).find(([key]) => key === discriminator)?.[1];
}

/** Longest value that an error repeats, in characters. */
const shownLengthMax = 60;

function shown(input: unknown): string {
  const text = JSON.stringify(input);
  return text.length <= shownLengthMax ? text : `${text.slice(0, shownLengthMax)}…`;
}

function fixFor(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `give ${kindName(issue)}`;
    case 'invalid_value':
      return useOneOf(issue.values);
    case 'invalid_union':
      return useOneOf(optionsOf(issue));
    case 'too_small':
      return `use ${bound('at least', issue.minimum, issue.origin)}`;
    case 'too_big':
      return `use ${bound('at most', issue.maximum, issue.origin)}`;
    case 'custom':
      return 'correct it';
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'fields of its own',
  record: 'fields of its own',
  boolean: 'true or false',
};

function kindName({ expected, input }: z.core.$ZodIssueInvalidType): string {
  if (expected === 'string' && typeof input === 'number') return 'a text: put it in quotes';
  return kindNames[expected] ?? expected;
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return 'options' in issue ? (issue.options ?? []) : [];
}

function useOneOf(values: readonly unknown[]): string {
  return `use ${values.length > 1 ? 'one of ' : ''}${values.map(String).join(', ')}`;
}

const countedNames: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
};

function bound(side: string, limit: number | bigint, origin: string): string {
  return `${side} ${limit.toString()}${countedNames[origin] ?? ''}`;
}

function fixForUnknown(schema: z.ZodType, path: readonly PropertyKey[]): string {
  const fields = nodesAt(jsonSchemaOf(schema), path).flatMap((node) => Object.keys(node.properties ?? {}));
  return fields.length === 0 ? 'remove it' : `remove it or use one of ${[...new Set(fields)].join(', ')}`;
}

function meaning(schema: z.ZodType, path: readonly PropertyKey[]): string {
  const described = nodesAt(jsonSchemaOf(schema), path).find((node) => node.description !== undefined);
  return described?.description === undefined ? '' : `. ${described.description}`;
}
