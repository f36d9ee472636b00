import * as z from 'zod';

/** What is wrong with one field of a body; null stands for the body as a whole. */
export interface FieldError {
  readonly field: string | null;
  readonly message: string;
}

/** What `parse` makes of a body, or what is wrong with it, field by field. */
export function readJson<Value>(
  body: string,
  parse: (json: unknown) => Value,
):
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'refused'; readonly errors: readonly FieldError[] } {
  try {
    return { kind: 'read', value: parse(JSON.parse(body)) };
  } catch (error) {
    if (error instanceof SyntaxError)
      return { kind: 'refused', errors: [{ field: null, message: 'the body is not JSON' }] };
    if (!(error instanceof z.ZodError)) throw error;
    const errors = error.issues.map(({ path, message }) => ({ field: path.join('.') || null, message }));
    return { kind: 'refused', errors };
  }
}
