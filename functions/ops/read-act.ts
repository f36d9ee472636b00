import * as z from 'zod';
import { OnBehalfOfSchema, WhySchema } from '#shared/contracts/stop.ts';
import type { WhoAndWhy } from '#shared/usecases/stop-contacts.ts';
import { bodyOf, type HttpRequest } from '#functions/_runtime/http.ts';

/** A request that API Gateway let in because its caller signed as an AWS principal. */
export type SignedRequest = HttpRequest & { readonly requestContext?: unknown };

/** One reason for which a request is refused: the field, and what is wrong with it in a sentence. */
export interface Refusal {
  readonly problem: string;
  readonly field: string | null;
  readonly message: string;
}

/** What a caller may say of an act. Who they are is not theirs to say. */
const ActRequestSchema = z.strictObject({ why: WhySchema, onBehalfOf: OnBehalfOfSchema.optional() });

const CallerSchema = z.object({ authorizer: z.object({ iam: z.object({ userArn: z.string().min(1) }) }) });

/** The AWS principal that signed the request; null when nobody did, which the door does not let happen. */
export function callerOf({ requestContext }: SignedRequest): string | null {
  const parsed = CallerSchema.safeParse(requestContext);
  return parsed.success ? parsed.data.authorizer.iam.userArn : null;
}

/** Who asks, by their signature, and why, by the body or (where there is none) the query. */
export function readAct(
  request: SignedRequest,
  caller: string,
):
  | { readonly kind: 'read'; readonly who: WhoAndWhy }
  | { readonly kind: 'refused'; readonly refusals: Refusal[] } {
  const body = bodyOf(request);
  const told =
    body === '' ? Object.fromEntries(new URLSearchParams(request.rawQueryString)) : parseJson(body);
  const parsed = ActRequestSchema.safeParse(told);
  if (parsed.success) return { kind: 'read', who: { by: caller, ...parsed.data } };
  const refusals = parsed.error.issues.map(({ path, message }) => ({
    problem: 'invalid',
    field: path.join('.') || null,
    message: `${message}: send {"why": "…"} and, if you like, "onBehalfOf"; who asks is told by the signature`,
  }));
  return { kind: 'refused', refusals };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
