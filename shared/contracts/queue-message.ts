import * as z from 'zod';
import { ChannelSchema, IdSchema, InstantMsSchema } from './primitives.ts';

/** What a wake-up is for: a contact that was planned on a channel, or only a fresh look at the person. */
export const WakeForSchema = z.union([ChannelSchema, z.literal('look')]);
export type WakeFor = z.infer<typeof WakeForSchema>;

/** The message that `tick` puts on a channel's queue (or on `look`). It carries no facts: the receiver loads them. */
export const WakeMessageSchema = z.strictObject({
  version: z.literal(1),
  debtorId: IdSchema,
  wakeAt: InstantMsSchema,
  wakeFor: WakeForSchema,
});
export type WakeMessage = z.infer<typeof WakeMessageSchema>;
