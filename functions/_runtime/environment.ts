import type * as z from 'zod';

/**
 * The variables of one function, parsed once at cold start.
 * @throws Error that names each variable which is missing or wrong: a fault of the deployment.
 */
export function readEnvironment<Environment>(
  schema: z.ZodType<Environment>,
  variables: Readonly<Record<string, string | undefined>>,
): Environment {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(
    `environment of the function is wrong (its schema is in shared/contracts/environment.ts): ${problems.join('; ')}`,
  );
}
