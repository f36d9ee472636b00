import * as z from 'zod';
import type { Payment } from '#shared/contracts/account.ts';
import type { Reversal, ReversalCounts } from '#shared/contracts/reversal.ts';
import { IdSchema } from '#shared/contracts/primitives.ts';
import { recognise, type OnUnrecognised } from '#functions/_adapters/vendor-words.ts';
import { secondMs } from '#shared/kernel/instant.ts';
import { fromStripeAmount } from './stripe-money.ts';

/** What a webhook tells. `nothing`: an event that changes nothing here, or money that is not about an account of ours. */
export type StripeTold =
  | { readonly kind: 'payment'; readonly payment: Payment }
  | { readonly kind: 'reversal'; readonly reversal: Omit<Reversal, 'debtorId'>; readonly debtorId?: string }
  | { readonly kind: 'nothing'; readonly why: string };

const SecondsSchema = z.int().nonnegative();
const MinorSchema = z.int().nonnegative();
const OwnerSchema = z.object({ debtorId: IdSchema, accountId: IdSchema });
export type StripeOwner = z.infer<typeof OwnerSchema>;
const MetadataSchema = z.record(z.string(), z.string()).nullish();

const SessionSchema = z.object({
  payment_status: z.string(),
  payment_intent: IdSchema.nullable(),
  amount_total: MinorSchema.nullable(),
  currency: z.string().nullable(),
  metadata: MetadataSchema,
});
const ChargeSchema = z.object({
  id: IdSchema,
  payment_intent: IdSchema.nullable(),
  amount_refunded: MinorSchema,
  currency: z.string(),
  metadata: MetadataSchema,
});
const DisputeSchema = z.object({
  id: IdSchema,
  payment_intent: IdSchema.nullable(),
  amount: MinorSchema,
  currency: z.string(),
  status: z.string(),
});

const event = <Type extends string, Shape extends z.ZodType>(types: readonly Type[], object: Shape) =>
  z.object({ type: z.enum(types), created: SecondsSchema, data: z.object({ object }) });

const paidTypes = ['checkout.session.completed', 'checkout.session.async_payment_succeeded'] as const;
const disputeTypes = [
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;

const HeadSchema = z.object({ type: z.string() });
const PaidSchema = event(paidTypes, SessionSchema);
const RefundedSchema = event(['charge.refunded'], ChargeSchema);
const DisputedSchema = event(disputeTypes, DisputeSchema);

/** What a dispute's state means for the money, null for nothing: an inquiry leaves it where it is. */
const countsByDisputeStatus = {
  needs_response: { counts: 'once' },
  under_review: { counts: 'once' },
  lost: { counts: 'once' },
  appeal_needs_response: { counts: 'once' },
  appeal_under_review: { counts: 'once' },
  won: { counts: 'reinstated' },
  prevented: { counts: null },
  warning_needs_response: { counts: null },
  warning_under_review: { counts: null },
  warning_closed: { counts: null },
} as const satisfies Readonly<Record<string, { readonly counts: ReversalCounts | null }>>;

/**
 * What a signed event of Stripe tells. A payment has the id of its PaymentIntent, whichever event tells it; refunds count
 * as the total that a charge tells so far, and a dispute under its own id, given again when it is won. So all of them may
 * come twice and in any order.
 *
 * @throws z.ZodError that names the field which an event of a known type lacks.
 */
export function readStripeEvent(body: unknown, onUnrecognised: OnUnrecognised): StripeTold {
  const { type } = HeadSchema.parse(body);
  if (isOneOf(paidTypes, type)) return readPaid(PaidSchema.parse(body));
  if (type === 'charge.refunded') return readRefund(RefundedSchema.parse(body));
  if (isOneOf(disputeTypes, type)) return readDispute(DisputedSchema.parse(body), onUnrecognised);
  return { kind: 'nothing', why: 'not_about_money' };
}

function isOneOf(types: readonly string[], type: string): boolean {
  return types.includes(type);
}

/** Whose account the metadata names that we gave to a pay page; null when somebody else took this payment. */
export function ownerIn(metadata: unknown): StripeOwner | null {
  const parsed = OwnerSchema.safeParse(metadata);
  return parsed.success ? parsed.data : null;
}

function readPaid({ created, data: { object } }: z.infer<typeof PaidSchema>): StripeTold {
  const { payment_status: status, payment_intent: paymentId, metadata } = object;
  const owner = ownerIn(metadata);
  if (owner === null) return { kind: 'nothing', why: 'not_ours' };
  const money = moneyOf(object.amount_total ?? 0, object.currency ?? '');
  // A bank transfer is paid when a later event says so.
  if (status !== 'paid' || paymentId === null || money === null) return { kind: 'nothing', why: 'not_paid' };
  const facts = { paymentId, ...owner, ...money, bookedAt: created * secondMs };
  return { kind: 'payment', payment: { ...facts, source: 'provider_page' } };
}

function readRefund({ created, data: { object } }: z.infer<typeof RefundedSchema>): StripeTold {
  const owner = ownerIn(object.metadata);
  if (owner === null) return { kind: 'nothing', why: 'not_ours' };
  const minor = object.amount_refunded;
  const told = { paymentId: object.payment_intent, minor, currency: object.currency, created };
  const id = { reversalId: `refunds-${object.id}`, why: 'refund', counts: 'total' } as const;
  const reversal = reversalOf(told, id);
  return reversal === null
    ? { kind: 'nothing', why: 'not_paid' }
    : { kind: 'reversal', reversal: { ...reversal, accountId: owner.accountId }, debtorId: owner.debtorId };
}

function readDispute(
  { created, data: { object } }: z.infer<typeof DisputedSchema>,
  onUnrecognised: OnUnrecognised,
): StripeTold {
  const { id, payment_intent: paymentId, amount: minor, currency, status } = object;
  const word = { field: 'dispute.status', value: status };
  const counts = recognise(countsByDisputeStatus, word, onUnrecognised)?.counts ?? null;
  if (counts === null) return { kind: 'nothing', why: 'no_money_moved' };
  const reversal = reversalOf(
    { paymentId, minor, currency, created },
    { reversalId: id, why: 'dispute', counts },
  );
  return reversal === null ? { kind: 'nothing', why: 'not_paid' } : { kind: 'reversal', reversal };
}

interface ToldMoney {
  readonly paymentId: string | null;
  readonly minor: number;
  readonly currency: string;
  readonly created: number;
}

function reversalOf(
  { paymentId, minor, currency, created }: ToldMoney,
  id: Pick<Reversal, 'reversalId' | 'why' | 'counts'>,
): Omit<Reversal, 'debtorId'> | null {
  const money = moneyOf(minor, currency);
  if (paymentId === null || money === null) return null;
  return { ...id, paymentId, ...money, at: created * secondMs, source: 'provider_page' };
}

function moneyOf(minor: number, told: string): { readonly amount: number; readonly currency: string } | null {
  const currency = told.toUpperCase();
  const amount = fromStripeAmount(minor, currency);
  return amount === null || amount <= 0 ? null : { amount, currency };
}
