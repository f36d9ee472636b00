import * as z from 'zod';
import { OnBehalfOfSchema, WhySchema } from '#shared/contracts/stop.ts';
import type { WhoAndWhy } from '#shared/usecases/stop-contacts.ts';
import { bodyOf } from '#functions/_runtime/http.ts';
import type { Refusal, SignedRequest } from '#functions/_runtime/signed-request.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** What a caller may say of an act. Who they are is not theirs to say. */
const ActRequestSchema = z.strictObject({ why: WhySchema, onBehalfOf: OnBehalfOfSchema.optional() });

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
