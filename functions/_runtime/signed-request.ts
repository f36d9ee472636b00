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

/** One reason for which a request is refused: the field, and what is wrong with it in a sentence. */
export interface Refusal {
  readonly problem: string;
  readonly field: string | null;
  readonly message: string;
}

/** What a request is told that names no caller. */
export const unsigned: Refusal = {
  problem: 'not_signed',
  field: null,
  message: 'the request names no AWS principal: sign it (Signature Version 4, service execute-api)',
};
