import * as z from 'zod';
import { ChannelSchema, IdSchema, InstantMsSchema } from './primitives.ts';

/** Shortest and longest reason for a stop, in characters. */
const whyLengthMin = 3;
const whyLengthMax = 500;
const nameLengthMax = 200;

/** What a stop ends: everything, one creditor's contacts, one strategy's, one channel's, or an experiment. */
export const StopScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('creditor'), creditor: IdSchema }),
  z.strictObject({ kind: z.literal('strategy'), strategy: IdSchema }),
  z.strictObject({ kind: z.literal('channel'), channel: ChannelSchema }),
  /** People of the experiment are contacted by its champion again. */
  z.strictObject({ kind: z.literal('experiment'), experiment: IdSchema }),
]);
export type StopScope = z.infer<typeof StopScopeSchema>;

/** The kill switch: a stop that somebody put in force, and has to lift again. Who and why is part of it. */
export const StopSchema = z.strictObject({
  /** Names what is stopped, such as `all` or `creditor:demo-bank`: stopping the same thing twice is one stop. */
  stopId: z.string().min(1).max(nameLengthMax),
  scope: StopScopeSchema,
  by: z.string().min(1).max(nameLengthMax).describe('Who stopped it.'),
  why: z.string().min(whyLengthMin).max(whyLengthMax).describe('Why.'),
  at: InstantMsSchema,
});
export type Stop = z.infer<typeof StopSchema>;
