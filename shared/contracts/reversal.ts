import * as z from 'zod';
import { PaymentSourceSchema } from './account.ts';
import { AmountSchema, CurrencySchema, IdSchema, InstantMsSchema } from './primitives.ts';

/**
 * How a reversal counts. `once`: this much is taken back, under an id of its own. `total`: so much in all was taken back
 * under this id so far, so that only more than before counts. `reinstated`: what was taken back under this id was given
 * again, and never counts, whichever was told first.
 */
export const ReversalCountsSchema = z.enum(['once', 'total', 'reinstated']);
export type ReversalCounts = z.infer<typeof ReversalCountsSchema>;

/** Money of a payment that was taken back: a refund, a chargeback, a booking in error. */
export const ReversalSchema = z.strictObject({
  reversalId: IdSchema,
  paymentId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema.optional(),
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  at: InstantMsSchema,
  why: z.string().max(200),
  source: PaymentSourceSchema,
  counts: ReversalCountsSchema,
});
export type Reversal = z.infer<typeof ReversalSchema>;
