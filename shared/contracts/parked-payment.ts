import * as z from 'zod';
import { PaymentSourceSchema } from './account.ts';
import { AmountSchema, CurrencySchema, IdSchema, InstantMsSchema } from './primitives.ts';
import { ReversalCountsSchema } from './reversal.ts';

/** Why money is not booked. */
export const ParkedReasonSchema = z.enum([
  'unknown_account',
  'wrong_currency',
  'too_many_decimals',
  'payment_id_reused',
  'unknown_payment',
  'more_than_paid',
  'reversal_id_reused',
  'too_many_reversals',
  'too_many_payments',
]);
export type ParkedReason = z.infer<typeof ParkedReasonSchema>;

/**
 * Money that arrived and that nothing here can be lowered by: it waits for a person, who says whose it is. Or money that
 * was taken back of a payment that is not known: it waits for the payment.
 */
export const ParkedPaymentSchema = z.strictObject({
  paymentId: IdSchema,
  /** As it was told; may name nobody we know. */
  debtorId: z.string().max(128).optional(),
  accountId: z.string().max(128).optional(),
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  bookedAt: InstantMsSchema,
  source: PaymentSourceSchema,
  reason: ParkedReasonSchema,
  /** Present: not a payment, but a reversal of the one with this payment id; `amount` is what was taken back. */
  reversal: z
    .strictObject({ reversalId: IdSchema, why: z.string().max(200), counts: ReversalCountsSchema })
    .optional(),
  parkedAt: InstantMsSchema,
  /** Who settled it, and how; absent while it waits. */
  settled: z
    .strictObject({
      at: InstantMsSchema,
      by: z.string().max(200),
      how: z.enum(['assigned', 'returned']),
      accountId: IdSchema.optional(),
      debtorId: IdSchema.optional(),
    })
    .optional(),
});
export type ParkedPayment = z.infer<typeof ParkedPaymentSchema>;
