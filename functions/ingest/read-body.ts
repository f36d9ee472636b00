import * as z from 'zod';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** One reason for which a request is refused: the field, and what is wrong with it in a sentence. */
export interface Refusal {
  readonly problem: string;
  readonly column: string | null;
  readonly message: string;
}

function refusal(problem: string, column: string | null, message: string): Refusal {
  return { problem, column, message };
}

/** What a schema refuses, field by field. */
export function refusalsOf({ issues }: z.ZodError): Refusal[] {
  return issues.map(({ path, message }) => refusal('invalid', path.join('.') || null, message));
}

const ObjectSchema = z.record(z.string(), z.unknown());

/** The body as an object that names the account of the path; an account id in the body must be the same. */
export function readBody(
  text: string,
  accountId: string,
):
  | { readonly kind: 'read'; readonly object: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] } {
  const parsed = ObjectSchema.safeParse(parseJson(text));
  if (!parsed.success)
    return refuse('bad_json', null, 'the body is not a JSON object: send one with the columns as keys');
  const told = parsed.data['accountId'];
  if (told !== undefined && told !== accountId) {
    return refuse(
      'account_differs',
      'accountId',
      'accountId: the body names another account than the path; leave it out',
    );
  }
  return { kind: 'read', object: { ...parsed.data, accountId } };
}

function refuse(problem: string, column: string | null, message: string) {
  return { kind: 'refused', refusals: [refusal(problem, column, message)] } as const;
}
