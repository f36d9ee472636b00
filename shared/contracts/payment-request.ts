import * as z from 'zod';
import { AmountSchema, CurrencySchema, IdSchema } from './primitives.ts';

/** A payment as the creditor tells it, over HTTP or as a line of a payments file. */
export const PaymentRequestSchema = z.strictObject({
  /** Makes it idempotent: the same id again changes nothing. */
  paymentId: IdSchema,
  debtorId: IdSchema,
  accountId: IdSchema,
  amount: AmountSchema.positive(),
  currency: CurrencySchema,
  bookedAt: z.iso.datetime({ offset: true }),
});
export type PaymentRequest = z.infer<typeof PaymentRequestSchema>;
