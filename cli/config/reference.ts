import { branches, definitionName, itemsOf, jsonSchemaOf, type SchemaNode } from '../schema-nodes.ts';
import { ConditionSchema } from '#shared/contracts/condition.ts';
import type { ConfigFileKind } from './config-files.ts';

/** docs/config-reference.md: every field of every configuration file, from the same schemas that check them. */
export function configReference(kinds: readonly ConfigFileKind[]): string {
  const head = [
    '# Configuration reference',
    '',
    'Made by `dunwell config reference` from the schemas in shared/contracts; do not edit it by hand.',
    '`dunwell config validate [DIR]` checks a folder against all of this and tells file, line, mistake and fix.',
    'Editors complete fields by config/schemas/*.schema.json, which each YAML file names in its first line.',
  ];
  return [...head, ...kinds.flatMap(section), ...section(conditionKind), ''].join('\n');
}

/** Not a file but a part of several. */
const conditionKind: ConfigFileKind = {
  name: 'condition',
  files: '… when:',
  about:
    'A condition on an account, its debtor and their behaviour, in strategies, segments and routes. All tests must hold. ' +
    'A number test is a number, or bounds such as `{ gte: 3, lt: 10 }` (`gt` `gte` `lt` `lte`); a word test is a word, a ' +
    'list of which one must match, or `{ not: … }`, which holds when the fact is known and is none of these. A test on a fact that is not known does not hold. See [strategies](strategies.md#conditions).',
  schema: ConditionSchema,
};

function section({ name, files, about, schema }: ConfigFileKind): string[] {
  const root = jsonSchemaOf(schema);
  const named = root.$defs?.[definitionName(root) ?? ''] ?? root;
  const rows = branches(named).flatMap((node) => fieldRows(node, ''));
  const table = rows.map(
    ({ field, needed, type, meaning }) => `| \`${field}\` | ${needed} | ${type} | ${meaning} |`,
  );
  return [
    '',
    `## ${name}`,
    '',
    `\`config/${files}\``,
    '',
    about,
    '',
    '| field | | value | meaning |',
    '|---|---|---|---|',
    ...new Set(table),
  ];
}

interface FieldRow {
  readonly field: string;
  readonly needed: string;
  readonly type: string;
  readonly meaning: string;
}

function fieldRows(node: SchemaNode, prefix: string): FieldRow[] {
  const required = new Set(node.required ?? []);
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    if (typeof child === 'boolean') return [];
    const field = `${prefix}${key}`;
    const needed = required.has(key) ? 'required' : '';
    const row = { field, needed, type: typeText(child), meaning: cell(child.description ?? '') };
    return [row, ...branches(child).flatMap((branch) => innerRows(branch, field))];
  });
}

/** Fields inside a field: of an object, of a list's entries, of a free-keyed map's values. */
function innerRows(node: SchemaNode, field: string): FieldRow[] {
  const items = itemsOf(node);
  if (items !== undefined)
    return branches(items).flatMap((branch) => fieldRows(branch, `${field}[]${variant(branch)}.`));
  const free = node.additionalProperties;
  const inMap =
    typeof free === 'object' ? branches(free).flatMap((branch) => fieldRows(branch, `${field}.<key>.`)) : [];
  return [...fieldRows(node, `${field}.`), ...inMap];
}

/** Tells the alternatives of a list apart by their `kind`. */
function variant(node: SchemaNode): string {
  const kind = node.properties?.['kind'];
  return typeof kind === 'object' && typeof kind.const === 'string' ? `(${kind.const})` : '';
}

function typeText(node: SchemaNode): string {
  return [...new Set(branches(node).map(branchText))].join(' or ');
}

function branchText(node: SchemaNode): string {
  return definitionText(node) ?? valuesText(node) ?? kindText(node);
}

/** Where a named part of the schema is told. */
function definitionText(node: SchemaNode): string | undefined {
  const definition = definitionName(node);
  return definition && `[${definitions[definition] ?? definition}](#condition)`;
}

function valuesText(node: SchemaNode): string | undefined {
  const values = node.const === undefined ? node.enum : [node.const];
  return values?.map((value) => `\`${String(value)}\``).join(' ');
}

function kindText(node: SchemaNode): string {
  switch (node.type) {
    case 'array':
      return `list of ${typeText(itemsOf(node) ?? {})}`;
    case 'integer':
    case 'number':
      return numberText(node);
    case 'object':
      return objectText(node);
    default:
      return textOf(node);
  }
}

/** Parts that are told once, in a section of their own, by their name in the schema. */
const definitions: Readonly<Record<string, string>> = {
  Condition: 'condition',
  FactTests: 'facts',
  NumberTest: 'number test',
  WordTest: 'word test',
};

function objectText({ properties }: SchemaNode): string {
  return properties === undefined ? 'any names' : 'fields';
}

function textOf({ type, format }: SchemaNode): string {
  return type === 'string' ? (formats[format ?? ''] ?? 'text') : String(type ?? 'any');
}

const formats: Readonly<Record<string, string>> = { date: 'date', email: 'e-mail address', uri: 'URL' };

function numberText({ type, minimum, maximum }: SchemaNode): string {
  const name = type === 'integer' ? 'whole number' : 'number';
  const open = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
  if (open)
    return minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? name : `${name} from ${minimum}`;
  return minimum === undefined ? `${name} up to ${maximum}` : `${name} ${minimum} to ${maximum}`;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}
