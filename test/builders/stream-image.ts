import type { AttributeValue } from 'aws-lambda';

/** An item as the table's stream shows it. */
export function image(item: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const entries = Object.entries(item).map(([name, value]) => [name, attribute(value)] as const);
  return Object.fromEntries(entries);
}

function attribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return { M: image(value as Record<string, unknown>) };
}
