import * as z from 'zod';

/** A node of the JSON Schema that a zod schema stands for: what editors read, and what errors and the reference quote. */
export type SchemaNode = z.core.JSONSchema.BaseSchema;

const converted = new WeakMap<z.ZodType, SchemaNode>();

/** The JSON Schema of what may be written in a file (before defaults are filled in). */
export function jsonSchemaOf(schema: z.ZodType): SchemaNode {
  let node = converted.get(schema);
  if (node === undefined) {
    node = z.toJSONSchema(schema, { io: 'input' });
    converted.set(schema, node);
  }
  return node;
}

/** The nodes that a path leads to; several where a union leaves the choice open. */
export function nodesAt(root: SchemaNode, path: readonly PropertyKey[]): readonly SchemaNode[] {
  const choices = (node: SchemaNode): SchemaNode[] => branches(resolved(node, root));
  let nodes = choices(root);
  for (const part of path) nodes = nodes.flatMap((node) => childrenOf(node, part)).flatMap(choices);
  return nodes;
}

/** What a reference to a named part of the schema stands for; any other node as it is. */
function resolved(node: SchemaNode, root: SchemaNode): SchemaNode {
  const name = definitionName(node);
  const found = name === undefined ? undefined : root.$defs?.[name];
  if (found === undefined) return node;
  return node.description === undefined ? found : { ...found, description: node.description };
}

/** The name of the part of the schema that a node refers to, such as `Condition`; undefined when it is no reference. */
export function definitionName({ $ref }: SchemaNode): string | undefined {
  return $ref?.startsWith(definitionPrefix) === true ? $ref.slice(definitionPrefix.length) : undefined;
}

const definitionPrefix = '#/$defs/';

/** A node, or the alternatives that it is a choice of; what the choice means is what each of them means. */
export function branches(node: SchemaNode): SchemaNode[] {
  const choices = node.anyOf ?? node.oneOf;
  if (choices === undefined) return [node];
  const { description } = node;
  return choices
    .flatMap(branches)
    .map((choice) => (description === undefined ? choice : { description, ...choice }));
}

/** The schema of a list's entries, when there is just one. */
export function itemsOf(node: SchemaNode): SchemaNode | undefined {
  return typeof node.items === 'object' && !Array.isArray(node.items) ? node.items : undefined;
}

function childrenOf(node: SchemaNode, part: PropertyKey): SchemaNode[] {
  const child =
    typeof part === 'number' ? itemsOf(node) : (node.properties?.[String(part)] ?? node.additionalProperties);
  return typeof child === 'object' ? [child] : [];
}
