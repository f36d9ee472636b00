import * as z from 'zod';
import { CallStateSchema } from './call-flow.ts';
import { LocaleSchema, PhoneSchema } from './primitives.ts';

/** Longest time that a call waits for a key or a word, in seconds. */
export const keyWaitSecondsMax = 30;
/** Most keys of one answer. */
export const keysMax = 20;
/** Most characters of what was said that are read. */
export const speechLengthMax = 1_600;

/**
 * One step of what a call plays, in our words; the telephony adapter makes its provider's markup of it. `ask` says a text
 * while it waits for keys or words, and the provider then asks for the script again with the answer, also when there was
 * none; `next` comes back with it. `dial` puts the call through, and comes back when that is over.
 */
export const VoiceStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), text: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('ask'),
    text: z.string().min(1),
    waitSeconds: z.int().min(1).max(keyWaitSecondsMax),
    /** How many keys are waited for; absent: any number of them, ended by #. */
    keys: z.int().min(1).max(keysMax).optional(),
    /** Whether words are listened to as well, and which are expected. */
    speech: z.strictObject({ hints: z.array(z.string()) }).optional(),
    next: CallStateSchema,
  }),
  z.strictObject({
    kind: z.literal('dial'),
    phone: PhoneSchema,
    callerId: PhoneSchema,
    ringSeconds: z.int().min(1).max(60),
    next: CallStateSchema,
  }),
  z.strictObject({ kind: z.literal('hangup') }),
]);
export type VoiceStep = z.infer<typeof VoiceStepSchema>;

export const VoiceScriptSchema = z.strictObject({
  locale: LocaleSchema,
  steps: z.array(VoiceStepSchema).min(1),
});
export type VoiceScript = z.infer<typeof VoiceScriptSchema>;

/** What came back of a question. */
export const HeardSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  z.strictObject({ kind: z.literal('keys'), keys: z.string().min(1).max(keysMax) }),
  z.strictObject({ kind: z.literal('speech'), text: z.string().min(1).max(speechLengthMax) }),
  /** Of a call that was put through: whether somebody took it. */
  z.strictObject({ kind: z.literal('dialled'), isTaken: z.boolean() }),
]);
export type Heard = z.infer<typeof HeardSchema>;

/** What is known when a provider asks what to play. */
export const VoiceMomentSchema = z.strictObject({
  debtorId: z.string(),
  contactId: z.string(),
  /** The provider's id of the call: what it changes happens once under it. */
  callId: z.string().min(1).max(64),
  answeredBy: z.enum(['human', 'machine', 'unknown']),
  heard: HeardSchema,
  /** Null when the call was just picked up. */
  state: CallStateSchema.nullable(),
});
export type VoiceMoment = z.infer<typeof VoiceMomentSchema>;
