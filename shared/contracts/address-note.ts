import * as z from 'zod';
import { IdSchema, InstantMsSchema, LocalDateSchema } from './primitives.ts';

/** Most messages that are kept of one address while nobody knows whose they are. */
export const keptMessagesMax = 10;
/** Most characters that are kept of each. */
export const keptTextMax = 20_000;
/** Most messages whose outcome is remembered, so that one that is delivered again gets the same answer. */
export const handledMessagesMax = 30;

/** What is kept for the one who turns out to have written it. */
export const KeptMessageSchema = z.strictObject({
  inboundId: IdSchema,
  text: z.string().max(keptTextMax),
  at: InstantMsSchema,
});
export type KeptMessage = z.infer<typeof KeptMessageSchema>;

/**
 * What became of a message: answered as from a stranger, asked whose it is, or nothing said. `trying` is one that may say who
 * writes and was not looked at yet: the try is taken before.
 */
export const AddressOutcomeSchema = z.enum(['told_stranger', 'asked_which_person', 'silent', 'trying']);
export type AddressOutcome = z.infer<typeof AddressOutcomeSchema>;

/** What is remembered of a number or address at which nobody is known, or several people are. */
export const AddressNoteSchema = z.strictObject({
  /** Messages of which nobody knows yet whose they are, oldest first. */
  kept: z.array(KeptMessageSchema).max(keptMessagesMax),
  /** Oldest first. */
  handled: z
    .array(z.strictObject({ inboundId: IdSchema, outcome: AddressOutcomeSchema }))
    .max(handledMessagesMax),
  /** The day (UTC) that the counts are of. */
  day: LocalDateSchema,
  answers: z.int().nonnegative(),
  wrongTries: z.int().nonnegative(),
});
export type AddressNote = z.infer<typeof AddressNoteSchema>;
