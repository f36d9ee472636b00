import { isDeepStrictEqual } from 'node:util';

export type PlainRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Two values of a configuration say the same, whatever the order of their keys. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

/** Longest value that is written out, in characters. */
export const valueLengthMax = 160;

/** A value as somebody would write it on one line of a configuration file. */
export function valueText(value: unknown): string {
  const text = flowText(value);
  return text.length <= valueLengthMax ? text : `${text.slice(0, valueLengthMax)}…`;
}

/** The same, however long. */
export function flowText(value: unknown): string {
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  if (isRecord(value)) {
    const fields = Object.entries(value).map(([key, inner]) => `${key}: ${flowText(inner)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
