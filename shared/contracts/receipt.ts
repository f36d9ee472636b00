import * as z from 'zod';
import { EndedDestinationSchema } from './debtor.ts';
import { AttemptStateSchema } from './ledger.ts';
import { ChannelSchema, IdSchema, InstantMsSchema } from './primitives.ts';

/**
 * A provider's word on one contact, already in our words (the adapters translate; an unknown word becomes
 * `unrecognised` there, is counted, and leads to no receipt).
 */
export const ReceiptSchema = z.strictObject({
  debtorId: IdSchema,
  contactId: IdSchema,
  channel: ChannelSchema,
  state: AttemptStateSchema,
  at: InstantMsSchema,
  providerId: z.string().max(128).optional(),
  reason: z.string().max(200).optional(),
  /** Present when the provider says that this destination is over for good. */
  ends: EndedDestinationSchema.pick({ reason: true }).optional(),
});
export type Receipt = z.infer<typeof ReceiptSchema>;
