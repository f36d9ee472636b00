import * as z from 'zod';
import { CallOutcomeSchema, SmsOutcomeSchema } from './people.ts';

const InstantSchema = z.number();

/** One SMS as the emulator keeps it: what Twilio shows of it, and what will come of it. */
const MessageRecordSchema = z.strictObject({
  sid: z.string(),
  to: z.string(),
  from: z.string(),
  body: z.string(),
  direction: z.enum(['outbound-api', 'outbound-reply', 'inbound']),
  status: z.enum(['queued', 'sent', 'delivered', 'undelivered', 'failed', 'canceled', 'received']),
  statusCallback: z.string().optional(),
  validitySeconds: z.int(),
  createdAt: InstantSchema,
  updatedAt: InstantSchema,
  sentAt: InstantSchema.optional(),
  errorCode: z.int().optional(),
  outcome: SmsOutcomeSchema,
});
export type MessageRecord = z.infer<typeof MessageRecordSchema>;

/** A line of what could be heard on a call. `system` is Twilio itself speaking of an application error. */
const TranscriptLineSchema = z.strictObject({
  at: InstantSchema,
  who: z.enum(['script', 'callee', 'system']),
  text: z.string(),
});
export type TranscriptLine = z.infer<typeof TranscriptLineSchema>;

const CallRecordSchema = z.strictObject({
  sid: z.string(),
  to: z.string(),
  from: z.string(),
  status: z.enum([
    'queued',
    'ringing',
    'in-progress',
    'completed',
    'busy',
    'no-answer',
    'failed',
    'canceled',
  ]),
  url: z.string().optional(),
  twiml: z.string().optional(),
  statusCallback: z.string().optional(),
  statusCallbackEvents: z.array(z.enum(['initiated', 'ringing', 'answered', 'completed'])),
  timeoutSeconds: z.int(),
  machineDetection: z.enum(['Enable', 'DetectMessageEnd']).optional(),
  /** Set when detection runs beside the call: where its result goes. */
  asyncAmdStatusCallback: z.string().optional(),
  createdAt: InstantSchema,
  updatedAt: InstantSchema,
  startedAt: InstantSchema.optional(),
  answeredAt: InstantSchema.optional(),
  endedAt: InstantSchema.optional(),
  answeredBy: z.string().optional(),
  /** How many status callbacks were made, for SequenceNumber. */
  callbacks: z.int(),
  transcript: z.array(TranscriptLineSchema),
  /** What was wrong with our script, where something was: Twilio's error code and a sentence. */
  problem: z.string().optional(),
  outcome: CallOutcomeSchema,
});
export type CallRecord = z.infer<typeof CallRecordSchema>;

/** A line of the journal: the newest line of a sid holds. */
export const JournalEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), record: MessageRecordSchema }),
  z.strictObject({ kind: z.literal('call'), record: CallRecordSchema }),
  /** `ours`: which of our numbers; a journal of an older run names none. */
  z.strictObject({
    kind: z.literal('opt'),
    number: z.string(),
    ours: z.string().default(''),
    out: z.boolean(),
  }),
]);
export type JournalEntry = z.infer<typeof JournalEntrySchema>;
