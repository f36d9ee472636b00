import * as z from 'zod';
import type { SessionRecord } from './records.ts';

/** What Stripe would say of a parameter that it does not take as it is. */
export interface FormProblem {
  readonly param: string;
  readonly message: string;
}

const minuteMs = 60_000;
/** How long a page may be open, by Stripe's reference of `expires_at`. */
const openMinMs = 30 * minuteMs;
const openMaxMs = 24 * 60 * minuteMs;
/** Largest amount of eight digits that Stripe charges. */
const amountMax = 99_999_999;

const whole = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);

/** The parameters that the local run knows; Stripe itself refuses any that it does not. */
const FormSchema = z.strictObject({
  mode: z.literal('payment'),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  client_reference_id: z.string().max(200).nullable().default(null),
  'line_items[0][quantity]': z.literal('1'),
  'line_items[0][price_data][currency]': z.string().regex(/^[a-z]{3}$/, 'must be in small letters'),
  'line_items[0][price_data][unit_amount]': whole.pipe(z.int().min(1).max(amountMax)),
  'line_items[0][price_data][product_data][name]': z.string().min(1).max(250),
  success_url: z.url(),
  cancel_url: z.url(),
  locale: z.string().min(2).default('auto'),
  expires_at: whole,
  'adaptive_pricing[enabled]': z.enum(['true', 'false']).optional(),
});

const metadataName = /^(?<owner>metadata|payment_intent_data\[metadata\])\[(?<key>[^\]]{1,40})\]$/;

type Made = Omit<SessionRecord, 'id' | 'createdAt' | 'idempotencyKey' | 'form'>;

/** The session that a form asks for, or the first parameter that Stripe would refuse. */
export function checkForm(form: URLSearchParams, nowMs: number): Made | FormProblem {
  const { plain, metadata, intentMetadata } = divide(form);
  const parsed = FormSchema.safeParse(plain);
  if (!parsed.success) return firstProblem(parsed.error);
  const asked = parsed.data;
  const expiresAt = asked.expires_at * 1_000;
  if (expiresAt < nowMs + openMinMs || expiresAt > nowMs + openMaxMs)
    return { param: 'expires_at', message: 'must be between 30 minutes and 24 hours from now' };
  return {
    expiresAt,
    amount: asked['line_items[0][price_data][unit_amount]'],
    currency: asked['line_items[0][price_data][currency]'],
    title: asked['line_items[0][price_data][product_data][name]'],
    clientReferenceId: asked.client_reference_id,
    successUrl: asked.success_url,
    cancelUrl: asked.cancel_url,
    locale: asked.locale,
    metadata,
    intentMetadata,
  };
}

function firstProblem({ issues: [issue] }: z.ZodError): FormProblem {
  return { param: issue?.path.join('.') ?? '', message: issue?.message ?? 'is wrong' };
}

function divide(form: URLSearchParams) {
  const plain: Record<string, string> = {};
  const metadata: Record<string, string> = {};
  const intentMetadata: Record<string, string> = {};
  for (const [name, value] of form) {
    const { owner, key } = metadataName.exec(name)?.groups ?? {};
    if (key === undefined) plain[name] = value;
    else if (owner === 'metadata') metadata[key] = value;
    else intentMetadata[key] = value;
  }
  return { plain, metadata, intentMetadata };
}
