import { branches, itemsOf, jsonSchemaOf, type SchemaNode } from '../schema-nodes.ts';
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
  return [...head, ...kinds.flatMap(section), ''].join('\n');
}

function section({ name, files, about, schema }: ConfigFileKind): string[] {
  const rows = branches(jsonSchemaOf(schema)).flatMap((node) => fieldRows(node, ''));
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
  const values = node.const === undefined ? node.enum : [node.const];
  if (values !== undefined) return values.map((value) => `\`${String(value)}\``).join(' ');
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
