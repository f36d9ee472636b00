import { PermitRequestSchema, type PermitRequest } from '#shared/contracts/permission.ts';
import { describeIssue } from './describe-issue.ts';
import { isPlainRequest } from './permit-shape.ts';
import { fieldName } from './yaml-with-lines.ts';

/** A line of requests as read: the request, or why it is none. */
export type PermitLine =
  | { readonly ok: true; readonly request: PermitRequest }
  | { readonly ok: false; readonly id: string | null; readonly error: string };

/** Reads one line of NDJSON as a request. A field that is null counts as absent. */
export function readPermitLine(line: string): PermitLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
    if (line.includes('null')) dropNulls(value);
  } catch (error) {
    return {
      ok: false,
      id: null,
      error: `is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (isPlainRequest(value)) return { ok: true, request: value };
  const checked = PermitRequestSchema.safeParse(value, { reportInput: true });
  if (checked.success) return { ok: true, request: checked.data };
  const issues = checked.error.issues.flatMap((issue) => describeIssue(issue, PermitRequestSchema));
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
