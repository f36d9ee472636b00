import * as z from 'zod';

const MetadataSchema = z.record(z.string(), z.string());

/** What the emulator keeps of one hosted page, in the words of Stripe's Checkout Session. */
export const SessionRecordSchema = z.strictObject({
  id: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  /** Key of the request that made it, and the form that came with it. */
  idempotencyKey: z.string(),
  form: z.string(),
  amount: z.int(),
  currency: z.string(),
  title: z.string(),
  clientReferenceId: z.string().nullable(),
  successUrl: z.string(),
  cancelUrl: z.string(),
  locale: z.string(),
  metadata: MetadataSchema,
  intentMetadata: MetadataSchema,
  /** Absent while it is not paid. */
  payment: z
    .strictObject({
      intentId: z.string(),
      chargeId: z.string(),
      paidAt: z.number(),
      refunded: z.int(),
      disputeId: z.string().optional(),
    })
    .optional(),
});
export type SessionRecord = z.infer<typeof SessionRecordSchema>;
export type PaidSession = SessionRecord & { readonly payment: NonNullable<SessionRecord['payment']> };

export function isPaid(session: SessionRecord): session is PaidSession {
  return session.payment !== undefined;
}
