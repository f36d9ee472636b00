import * as z from 'zod';
import { IdSchema } from './primitives.ts';
import { PaymentRequestSchema, ReversalRequestSchema } from './payment-request.ts';

/** Who told may know the account alone. */
const person = { debtorId: IdSchema.optional() };
const head = { timestamp: z.iso.datetime({ offset: true }) };

/** What a creditor's own systems tell of payments by a signed callback (docs/payments.md). */
export const PaymentCallbackSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('payment.received'),
    ...head,
    data: z.strictObject({ ...PaymentRequestSchema.shape, ...person }),
  }),
  z.strictObject({
    type: z.literal('payment.reversed'),
    ...head,
    data: z.strictObject({ ...ReversalRequestSchema.shape, ...person }),
  }),
]);
export type PaymentCallback = z.infer<typeof PaymentCallbackSchema>;

/** Stands for a person whom nobody named and whom the account does not tell: no id is like it. */
export const nobody = '-';
