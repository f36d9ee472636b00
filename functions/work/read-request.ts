import * as z from 'zod';
import { ActRequestSchema, type ActRequest } from '#shared/contracts/act-request.ts';
import { OnBehalfOfSchema } from '#shared/contracts/stop.ts';
import { bodyOf } from '#functions/_runtime/http.ts';
import type { Refusal, SignedRequest } from '#functions/_runtime/signed-request.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** What the door adds itself: a caller who sends it means another request. */
const added = ['actId', 'debtorId', 'via', 'by'] as const;
/** Longest name of who did something, in characters; of a longer one its end is kept, which names the person. */
const byLengthMax = 200;

const BodySchema = z.looseObject({ onBehalfOf: OnBehalfOfSchema.optional() });

type Read =
  | { readonly kind: 'read'; readonly request: ActRequest }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/**
 * The request of a body: whose it is comes from the path, who asks from the signature (and for whom from `onBehalfOf`),
 * and what makes it happen once from the header `idempotency-key`.
 */
export function readRequest(request: SignedRequest, caller: string): Read {
  const key = request.headers['idempotency-key'] ?? '';
  if (key === '')
    return refuse([{ problem: 'no_idempotency_key', field: 'idempotency-key', message: noKey }]);
  const body = BodySchema.safeParse(parseJson(bodyOf(request)));
  if (!body.success) return refuse(body.error.issues.map(invalid));
  const { onBehalfOf, ...told } = body.data;
  const own = added.filter((field) => field in told);
  if (own.length > 0) return refuse(own.map(notYours));
  const parsed = ActRequestSchema.safeParse({
    ...told,
    actId: `api:${key}`,
    debtorId: request.pathParameters?.['debtorId'],
    ...whoOf(caller, onBehalfOf),
  });
  return parsed.success ? { kind: 'read', request: parsed.data } : refuse(parsed.error.issues.map(invalid));
}

function whoOf(caller: string, onBehalfOf: string | undefined) {
  return onBehalfOf === undefined
    ? { via: 'api', by: caller.slice(-byLengthMax) }
    : { via: 'agent', by: `${caller} for ${onBehalfOf}`.slice(-byLengthMax) };
}

const noKey =
  'idempotency-key: send this header with a value of your own, the same when you ask again: so it happens once';

function invalid({ path, message }: z.core.$ZodIssue): Refusal {
  const told = path.join('.');
  const field = told === 'actId' ? 'idempotency-key' : told;
  return {
    problem: 'invalid',
    field: field || null,
    message: field === '' ? message : `${field}: ${message}`,
  };
}

function notYours(field: string): Refusal {
  return { problem: 'invalid', field, message: `${field}: leave it out; path, header and signature tell it` };
}

function refuse(refusals: readonly Refusal[]): Read {
  return { kind: 'refused', refusals };
}
