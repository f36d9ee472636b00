import type * as z from 'zod';

/** A message that is not in the form its contract says. Delivering it again cannot help; it ends with the dead letters. */
export class InvalidMessageError extends Error {
  override readonly name = 'InvalidMessageError';
}

/**
 * Reads JSON text in the form of a contract.
 * @throws InvalidMessageError that names each wrong field, never its value.
 */
export function parseMessage<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'message'}: ${message}`,
  );
  throw new InvalidMessageError(problems.join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidMessageError('message: not JSON', { cause });
  }
}
