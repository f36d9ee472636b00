import type * as z from 'zod';
import { describeIssue } from './describe-issue.ts';
import { fieldName } from './yaml-with-lines.ts';

/** A line of requests as read: the request, or why it is none. */
export type RequestLine<Request> =
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly id: string | null; readonly error: string };

/**
 * Reads one line of NDJSON as a request. A field that is null counts as absent.
 *
 * @param isPlain tells at less cost than the schema that a value is a request; what it does not know it leaves to the schema.
 */
export function readRequestLine<S extends z.ZodType>(
  line: string,
  schema: S,
  isPlain: (value: unknown) => value is z.output<S> = (value): value is z.output<S> => value === schema,
): RequestLine<z.output<S>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
    if (line.includes('null')) dropNulls(value);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ok: false, id: null, error: `is not JSON: ${problem}` };
  }
  if (isPlain(value)) return { ok: true, request: value };
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) return { ok: true, request: checked.data };
  const issues = checked.error.issues.flatMap((issue) => describeIssue(issue, schema));
  const words = issues.map(({ path, problem, fix }) => `${fieldName(path)} ${problem}; ${fix}`.trim());
  return { ok: false, id: idOf(value), error: words.join('. ') };
}

/** Takes every field that is null out of an object and what it contains. */
function dropNulls(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (child === null && !Array.isArray(value)) Reflect.deleteProperty(value, key);
    else dropNulls(child);
  }
}

function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' ? value.id : null;
}
