import * as z from 'zod';
import { ChannelSchema, IdSchema, InstantMsSchema } from './primitives.ts';

/** Shortest and longest reason for a stop, in characters. */
const whyLengthMin = 3;
const whyLengthMax = 500;
/** Longest name of a stop, in characters: the word for its kind and an id. */
const stopIdLengthMax = 200;
/** Longest name of somebody who acts, in characters: an IAM user's ARN may have a path of 512. */
const actorLengthMax = 640;
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

/** Names what is stopped, such as `all` or `creditor:demo-bank`: stopping the same thing twice is one stop. */
export const StopIdSchema = z.string().min(1).max(stopIdLengthMax);

/** Text on one line: it is printed in lists and terminals. */
function line(lengthMin: number, lengthMax: number) {
  const oneLine = /^[^\p{Cc}]*$/u;
  return z
    .string()
    .min(lengthMin)
    .max(lengthMax)
    .regex(oneLine, 'write it on one line, without control characters');
}

/** Why something is stopped or resumed, in a person's words. */
export const WhySchema = line(whyLengthMin, whyLengthMax).describe('Why.');
/** For whom somebody acts, in their own words. */
export const OnBehalfOfSchema = line(1, nameLengthMax);

/** Who stopped or resumed something, when, and why. */
export const StopActSchema = z.strictObject({
  by: line(1, actorLengthMax).describe('Who did it.'),
  onBehalfOf: OnBehalfOfSchema.optional().describe('For whom, where the one who did it is a system.'),
  why: WhySchema,
  at: InstantMsSchema,
});
export type StopAct = z.infer<typeof StopActSchema>;

/** The kill switch: a stop that somebody put in force, and has to lift again. Who and why is part of it. */
export const StopSchema = z.strictObject({
  stopId: StopIdSchema,
  scope: StopScopeSchema,
  ...StopActSchema.shape,
});
export type Stop = z.infer<typeof StopSchema>;
