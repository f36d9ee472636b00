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
  let nodes = branches(root);
  for (const part of path) nodes = nodes.flatMap((node) => childrenOf(node, part)).flatMap(branches);
  return nodes;
}

/** A node, or the alternatives that it is a choice of. */
export function branches(node: SchemaNode): SchemaNode[] {
  const choices = node.anyOf ?? node.oneOf;
  return choices === undefined ? [node] : choices.flatMap(branches);
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
