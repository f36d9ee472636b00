/** JSON as it comes from files and wires, before a schema has looked at it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function parseJson(text: string): Json {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse gives exactly this type, declared as any
  const value: Json = JSON.parse(text);
  return value;
}

/** A value as text: text as it is, numbers and flags in words, nothing as nothing, the rest as JSON. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The object in the text, or an empty one for anything else: the caller's look-ups then find nothing. */
export function parseJsonObject(text: string): JsonObject {
  const value = parseJson(text === '' ? '{}' : text);
  return isJsonObject(value) ? value : {};
}

/** A member as text, where it is text. */
export function textAt(value: Json | undefined, key: string): string | undefined {
  const member = isJsonObject(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** A member as an object, where it is one, else an empty one. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
  const member = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(member) ? member : {};
}

/** A member as a list, where it is one, else an empty one. */
export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const member = isJsonObject(value) ? value[key] : undefined;
  return isJsonArray(member) ? member : [];
}
