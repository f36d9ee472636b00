import * as z from 'zod';
import type { HttpRequest } from './http.ts';

/** A request that API Gateway let in because its caller signed as an AWS principal. */
export type SignedRequest = HttpRequest & { readonly requestContext?: unknown };

const CallerSchema = z.object({ authorizer: z.object({ iam: z.object({ userArn: z.string().min(1) }) }) });

/** The AWS principal that signed the request; null when nobody did, which the door does not let happen. */
export function callerOf({ requestContext }: SignedRequest): string | null {
  const parsed = CallerSchema.safeParse(requestContext);
  return parsed.success ? parsed.data.authorizer.iam.userArn : null;
}
