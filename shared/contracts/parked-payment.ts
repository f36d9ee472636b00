import * as z from 'zod';
import { PaymentSourceSchema } from './account.ts';
import { AmountSchema, CurrencySchema, IdSchema, InstantMsSchema } from './primitives.ts';

/** Money that arrived and that nothing here can be lowered by: it waits for a person, who says whose it is. */
export const ParkedPaymentSchema = z.strictObject({
  paymentId: IdSchema,
  /** As it was told; may name nobody we know. */
  debtorId: z.string().max(128).optional(),
  accountId: z.string().max(128).optional(),
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  bookedAt: InstantMsSchema,
  source: PaymentSourceSchema,
  reason: z.enum([
    'unknown_account',
    'wrong_currency',
    'too_many_decimals',
    'payment_id_reused',
    'unknown_payment',
  ]),
  parkedAt: InstantMsSchema,
  /** Who settled it, and how; absent while it waits. */
  settled: z
    .strictObject({
      at: InstantMsSchema,
      by: z.string().max(200),
      how: z.enum(['assigned', 'returned']),
      accountId: IdSchema.optional(),
    })
    .optional(),
});
export type ParkedPayment = z.infer<typeof ParkedPaymentSchema>;
