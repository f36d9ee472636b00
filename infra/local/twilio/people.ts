import * as z from 'zod';

/**
 * How simulated people answer their telephones. The caller injects a seeded function, so that the same seed gives
 * the same run; without one only the magic numbers below do anything but take the message.
 */

/** What the person's telephone can know of a message or call before it reaches the person. */
export interface IncomingContact {
  readonly kind: 'sms' | 'call';
  readonly to: string;
  readonly from: string;
  /** The text of an SMS; empty for a call. */
  readonly body: string;
  /** Our own id from the status callback's query, where the sender put it. */
  readonly contactId: string | undefined;
  /** How many of this kind this number has had before. */
  readonly earlier: number;
}

const DurationMsSchema = z.number().nonnegative();

/** `queueMs` is how long Twilio's own queue holds the message; beyond its validity period the message expires. */
export const SmsOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('delivered'),
    delayMs: DurationMsSchema,
    queueMs: DurationMsSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('undelivered'),
    errorCode: z.int(),
    delayMs: DurationMsSchema,
    queueMs: DurationMsSchema.optional(),
  }),
  /** The carrier never reports: the message stays `sent`. */
  z.strictObject({ kind: z.literal('no_report'), queueMs: DurationMsSchema.optional() }),
  /** Twilio's API itself says no, in its answer to the request. */
  z.strictObject({ kind: z.literal('refused'), errorCode: z.int() }),
]);
export type SmsOutcome = z.infer<typeof SmsOutcomeSchema>;

/** What a person does at one <Gather>: presses keys, speaks, or does nothing until it times out. */
const GatherAnswerSchema = z.union([
  z.strictObject({ digits: z.string() }),
  z.strictObject({ speech: z.string() }),
  z.literal('nothing'),
]);
export type GatherAnswer = z.infer<typeof GatherAnswerSchema>;

export const CallOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('human'),
    ringMs: DurationMsSchema,
    /** Answers to one <Gather> after the other; `nothing` once they are used up. */
    gathers: z.array(GatherAnswerSchema),
    /** What becomes of a call that is put through to somebody else; absent: somebody takes it. */
    dialled: z.enum(['completed', 'busy', 'no-answer']).optional(),
    /** Counted from picking up. Absent: stays until the script ends. */
    hangUpAfterMs: DurationMsSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('machine'),
    ringMs: DurationMsSchema,
    greetingMs: DurationMsSchema,
    beep: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('no_answer') }),
  z.strictObject({ kind: z.literal('busy'), ringMs: DurationMsSchema }),
  /** 404 is the network's word that the number does not exist. */
  z.strictObject({
    kind: z.literal('failed'),
    ringMs: DurationMsSchema,
    sipResponseCode: z.int().optional(),
  }),
  z.strictObject({ kind: z.literal('refused'), errorCode: z.int() }),
]);
export type CallOutcome = z.infer<typeof CallOutcomeSchema>;

/** Decides for each contact what will come of it. Asked once a contact, when Twilio accepts it. */
export interface People {
  sms(contact: IncomingContact): SmsOutcome;
  call(contact: IncomingContact): CallOutcome;
}

const deliveryMs = 3_000;
const ringMs = 6_000;
const greetingMs = 8_000;

/**
 * Twilio's own test numbers (docs: "Test credentials", magic input) refuse at once; the other fictional numbers of
 * the same exchange are ours and give each later outcome.
 */
const magicSms: Readonly<Record<string, SmsOutcome>> = {
  '+15005550001': { kind: 'refused', errorCode: 21211 },
  '+15005550002': { kind: 'refused', errorCode: 21612 },
  '+15005550003': { kind: 'refused', errorCode: 21408 },
  '+15005550004': { kind: 'refused', errorCode: 21610 },
  '+15005550009': { kind: 'refused', errorCode: 21614 },
  '+15005550103': { kind: 'undelivered', errorCode: 30003, delayMs: deliveryMs },
  '+15005550105': { kind: 'undelivered', errorCode: 30005, delayMs: deliveryMs },
  '+15005550106': { kind: 'undelivered', errorCode: 30006, delayMs: deliveryMs },
  '+15005550107': { kind: 'undelivered', errorCode: 30007, delayMs: deliveryMs },
  '+15005550136': { kind: 'delivered', delayMs: deliveryMs, queueMs: 36_000_000 },
  '+15005550199': { kind: 'no_report' },
};

const magicCalls: Readonly<Record<string, CallOutcome>> = {
  '+15005550001': { kind: 'refused', errorCode: 21211 },
  '+15005550002': { kind: 'refused', errorCode: 21214 },
  '+15005550003': { kind: 'refused', errorCode: 21215 },
  '+15005550004': { kind: 'refused', errorCode: 21216 },
  '+15005550151': { kind: 'human', ringMs, gathers: ['nothing'] },
  '+15005550152': { kind: 'machine', ringMs, greetingMs, beep: true },
  '+15005550153': { kind: 'machine', ringMs, greetingMs, beep: false },
  '+15005550154': { kind: 'no_answer' },
  '+15005550155': { kind: 'busy', ringMs },
  '+15005550156': { kind: 'failed', ringMs },
  '+15005550157': { kind: 'failed', ringMs, sipResponseCode: 404 },
};

/** Everybody takes the SMS and answers the call with key 1, except at the magic numbers. */
export const magicPeople: People = {
  sms: ({ to }) => magicSms[to] ?? { kind: 'delivered', delayMs: deliveryMs },
  call: ({ to }) => magicCalls[to] ?? { kind: 'human', ringMs, gathers: [{ digits: '1' }] },
};
