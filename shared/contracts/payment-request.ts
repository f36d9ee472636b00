import * as z from 'zod';
import type { Payment, PaymentSource } from './account.ts';
import { AmountSchema, CurrencySchema, IdSchema } from './primitives.ts';
import type { Reversal } from './reversal.ts';

const MomentSchema = z.iso.datetime({ offset: true });

/** A payment as the creditor tells it, over HTTP or as a line of a payments file. */
export const PaymentRequestSchema = z.strictObject({
  /** Makes it idempotent: the same id again changes nothing. */
  paymentId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  bookedAt: MomentSchema,
});
export type PaymentRequest = z.infer<typeof PaymentRequestSchema>;

/** Money of a payment that was taken back, as the creditor tells it. */
export const ReversalRequestSchema = z.strictObject({
  /** Makes it idempotent: the same id again changes nothing. */
  reversalId: IdSchema,
  /** The payment that it is taken from. */
  paymentId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  /** All or a part of the payment. */
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  reversedAt: MomentSchema,
  why: z.string().max(200).optional(),
});
export type ReversalRequest = z.infer<typeof ReversalRequestSchema>;

/** The payment that a request tells of. */
export function toPayment({ bookedAt, ...told }: PaymentRequest, source: PaymentSource): Payment {
  return { ...told, bookedAt: Date.parse(bookedAt), source };
}

/** The reversal that a request tells of. */
export function toReversal(
  { reversedAt, why = '', ...told }: ReversalRequest,
  source: PaymentSource,
): Reversal {
  return { ...told, at: Date.parse(reversedAt), why, source, counts: 'once' };
}
