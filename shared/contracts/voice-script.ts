import * as z from 'zod';
import { LocaleSchema } from './primitives.ts';

/** Longest time that a call waits for a key, in seconds. */
export const keyWaitSecondsMax = 30;

/**
 * One step of what a call plays, in our words; the telephony adapter makes its provider's markup of it. `ask` says a text
 * while it waits for any single key, and the provider then asks for the script again with the key; without a key it goes
 * on with the next step.
 */
export const VoiceStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), text: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('ask'),
    text: z.string().min(1),
    waitSeconds: z.int().min(1).max(keyWaitSecondsMax),
  }),
  z.strictObject({ kind: z.literal('hangup') }),
]);
export type VoiceStep = z.infer<typeof VoiceStepSchema>;

export const VoiceScriptSchema = z.strictObject({
  locale: LocaleSchema,
  steps: z.array(VoiceStepSchema).min(1),
});
export type VoiceScript = z.infer<typeof VoiceScriptSchema>;

/** What is known when a provider asks what to play. */
export const VoiceMomentSchema = z.strictObject({
  debtorId: z.string(),
  contactId: z.string(),
  answeredBy: z.enum(['human', 'machine', 'unknown']),
  /** The key that was pressed after an `ask`, or null. */
  pressed: z.string().max(1).nullable(),
});
export type VoiceMoment = z.infer<typeof VoiceMomentSchema>;
